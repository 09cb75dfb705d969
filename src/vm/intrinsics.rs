//! Intrinsics: what the compiler needs done that no operator says.

use crate::compiler::opcodes::Intrinsic;
use crate::heap::Value;
use crate::objects::coroutines;
use crate::objects::function::Function;
use crate::objects::typing;

use super::Thread;
use super::native::Result;

/// Runs intrinsic `number` on the registers from `operands`.
pub(super) fn run(th: &Thread, number: usize, operands: *mut Value) -> Result {
    // SAFETY: the compiler reserves as many registers as the intrinsic names.
    let r = |at: usize| unsafe { *operands.add(at) };
    const TABLE: &[Intrinsic] = &[
        Intrinsic::TypeVar,
        Intrinsic::TypeVarWithBound,
        Intrinsic::TypeVarWithConstraints,
        Intrinsic::ParamSpec,
        Intrinsic::TypeVarTuple,
        Intrinsic::SetTypeParamDefault,
        Intrinsic::TypeAlias,
        Intrinsic::SubscriptGeneric,
        Intrinsic::SetFunctionTypeParams,
        Intrinsic::AsyncGenWrap,
    ];
    let Some(intrinsic) = TABLE.get(number) else { unreachable!("the compiler names an intrinsic") };
    match intrinsic {
        Intrinsic::TypeVar => typing::type_var(th, r(0), Value::EMPTY, Value::EMPTY),
        Intrinsic::TypeVarWithBound => typing::type_var(th, r(0), r(1), Value::EMPTY),
        Intrinsic::TypeVarWithConstraints => typing::type_var(th, r(0), Value::EMPTY, r(1)),
        Intrinsic::ParamSpec => typing::param_spec(th, r(0)),
        Intrinsic::TypeVarTuple => typing::type_var_tuple(th, r(0)),
        Intrinsic::SetTypeParamDefault => typing::set_default(th, r(0), r(1)),
        Intrinsic::TypeAlias => typing::type_alias(th, r(0), r(1), r(2)),
        Intrinsic::SubscriptGeneric => typing::generic_of(th, r(0)),
        Intrinsic::SetFunctionTypeParams => {
            if let Some(function) = r(0).downcast::<Function>() {
                function.type_params.set(r(1));
            }
            Ok(r(0))
        }
        Intrinsic::AsyncGenWrap => Ok(coroutines::wrap(th, r(0))),
    }
}
