//! The loop itself: one arm for each opcode.
//!
//! The hot state (frame, instruction pointer, registers) lies in locals; the frame's own copy of the instruction pointer is
//! brought up to date before anything that can look at it: calls, slow paths, safepoints, errors. Arms stay a few lines each;
//! what is rare is a function of `slow` or `ops`, out of line: the less code there is here, the more of the hot state stays
//! in the processor's registers.

use std::hint::cold_path;

use crate::compiler::opcodes::{Instr, Op};
use crate::heap::Value;
use crate::objects::class::flag;
use crate::objects::code::Site;
use crate::objects::function::{ClosureCell, Function};
use crate::objects::generator::{Generator, State};
use crate::objects::iterators::{ListIter, StrIter, TupleIter};
use crate::objects::list::List;
use crate::objects::native::Native;
use crate::objects::range::RangeIter;
use crate::objects::tuple::Tuple;
use crate::objects::{int, iterators, kinds};

use crate::vm::calls::Begun;
use crate::vm::ops::{self, BinaryOp, CompareOp, UnaryOp};
use crate::vm::stack::{Destination, Exit, Frame};
use crate::vm::{Thread, slow};

use super::Stop;
use super::calls::*;
use super::items::*;
use super::registers::*;

const NO_SELF: usize = Instr::NO_SELF as usize;

/// Runs the frame on top.
pub(super) fn execute<const EVERY: bool>(th: &Thread) -> Stop {
    let mut pc: *const Instr;
    let mut registers: *mut Value;
    let mut frame: *mut Frame;
    let counts_ticks = EVERY && th.vm().gil().counts_ticks();
    let none = Value::NONE;

    macro_rules! frame {
        () => {
            top_frame(frame)
        };
    }
    /// Takes up the state of the frame on top.
    macro_rules! enter {
        () => {
            frame = th.stack.current();
            (pc, registers) = (frame!().pc, frame!().registers);
        };
    }
    macro_rules! r {
        ($i:expr) => {
            *register(registers, $i)
        };
    }
    /// The constant that an instruction names.
    macro_rules! constant {
        ($i:expr) => {
            *named::<Value>(pc, $i)
        };
    }
    /// The site that an instruction names.
    macro_rules! site {
        ($i:expr) => {
            named::<Site>(pc, $i)
        };
    }
    macro_rules! target {
        ($i:expr) => {
            jumped(pc, $i)
        };
    }
    /// Calls a function whose arguments and other variables lie in `window`, in a frame that is pushed.
    macro_rules! enter_call {
        ($function:expr, $code:expr, $window:expr, $top:expr, $start:expr, $target:expr) => {{
            let start = $start;
            let to = Destination::register($target as u32);
            frame = th.stack.push_call_above(frame, $function, $code, $window, $top, start, to);
            (pc, registers) = (start, $window);
            begin!()
        }};
    }
    macro_rules! next {
        () => {{
            pc = behind(pc, 1);
            continue;
        }};
    }
    macro_rules! raise {
        ($raised:expr) => {{
            cold_path();
            frame!().pc = pc;
            return Stop::Raised($raised);
        }};
    }
    /// Begins the frame on top, whose state is taken up: a function's entry is a safepoint.
    macro_rules! begin {
        () => {{
            safepoint!(pc);
            apart();
            continue;
        }};
    }
    /// Goes on in the frame that a call pushed.
    macro_rules! enter_guessed {
        ($i:expr) => {{
            let call = pc;
            enter!();
            pc = begin_as_guessed(call, $i, pc);
            begin!()
        }};
    }
    /// Goes on in a generator, whose frame was pushed.
    macro_rules! resume {
        ($generator:expr) => {{
            let resumer = frame;
            frame = th.stack.current();
            (pc, registers) = (resume_as_guessed(top_frame(resumer), frame!().pc), $generator.window());
            begin!()
        }};
    }
    /// The value of a result; an error leaves the loop.
    macro_rules! get {
        ($result:expr) => {{
            frame!().pc = pc;
            match $result {
                Ok(value) => value,
                Err(raised) => {
                    cold_path();
                    return Stop::Raised(raised);
                }
            }
        }};
    }
    macro_rules! set {
        ($i:expr, $result:expr) => {{
            let value = get!($result);
            r!($i) = value;
            next!()
        }};
    }
    /// Leaves the loop if something is asked of the thread, and goes on at `$next` when it is served.
    macro_rules! safepoint {
        ($next:expr) => {
            if th.breaker().requests() != 0 {
                cold_path();
                frame!().pc = pc;
                return Stop::Safepoint($next);
            }
        };
    }
    macro_rules! jump_back {
        ($i:expr) => {{
            safepoint!(target!($i));
            pc = target!($i);
            continue;
        }};
    }
    macro_rules! arithmetic {
        ($i:expr, $op:ident, $slow:ident, $int:expr, $float:expr) => {{
            let (a, b) = (r!($i.b()), r!($i.c_register()));
            if Value::both_int(a, b)
                && let Some(value) = $int(a, b)
            {
                r!($i.a()) = value;
                next!()
            }
            if a.is_float() && b.is_float() {
                r!($i.a()) = Value::computed($float(a.as_float_unchecked(), b.as_float_unchecked()));
                next!()
            }
            set!($i.a(), ops::$slow::<{ BinaryOp::$op as u8 }>(th, a, b))
        }};
    }
    macro_rules! binary {
        ($i:expr, $op:ident, $slow:ident) => {{ set!($i.a(), ops::$slow::<{ BinaryOp::$op as u8 }>(th, r!($i.b()), r!($i.c_register()))) }};
    }
    macro_rules! bits {
        ($i:expr, $op:ident, $slow:ident, $int:expr) => {{
            let (a, b) = (r!($i.b()), r!($i.c_register()));
            if Value::both_int(a, b) {
                r!($i.a()) = Value::small_int($int(a.as_int_unchecked(), b.as_int_unchecked()));
                next!()
            }
            set!($i.a(), ops::$slow::<{ BinaryOp::$op as u8 }>(th, a, b))
        }};
    }
    macro_rules! with_int {
        ($i:expr, $op:ident, $slow:ident, $int:expr) => {{
            let (a, b) = (r!($i.b()), $i.c_signed());
            if a.is_int()
                && let Some(value) = $int(a, b)
            {
                r!($i.a()) = value;
                next!()
            }
            set!($i.a(), ops::$slow::<{ BinaryOp::$op as u8 }>(th, a, Value::small_int(b)))
        }};
    }
    macro_rules! decide {
        ($op:ident, $cmp:tt, $a:expr, $b:expr) => {{
            let (a, b) = ($a, $b);
            if Value::both_int(a, b) {
                a.as_int_unchecked() $cmp b.as_int_unchecked()
            } else if a.is_float() && b.is_float() {
                a.as_float_unchecked() $cmp b.as_float_unchecked()
            } else {
                get!(ops::compare_bool_apart(th, CompareOp::$op, a, b))
            }
        }};
    }
    macro_rules! compare {
        ($i:expr, $op:ident, $cmp:tt) => {{
            let (a, b) = (r!($i.b()), r!($i.c_register()));
            if Value::both_int(a, b) {
                r!($i.a()) = Value::bool(a.as_int_unchecked() $cmp b.as_int_unchecked());
                next!()
            }
            if a.is_float() && b.is_float() {
                r!($i.a()) = Value::bool(a.as_float_unchecked() $cmp b.as_float_unchecked());
                next!()
            }
            set!($i.a(), ops::compare_apart(th, CompareOp::$op, a, b))
        }};
    }
    macro_rules! branch {
        ($i:expr, $when:literal, $op:ident, $cmp:tt, $b:expr) => {{
            if decide!($op, $cmp, r!($i.a()), $b) == $when {
                pc = target!($i);
                continue;
            }
            next!()
        }};
    }
    macro_rules! branch_int {
        ($i:expr, $op:ident, $cmp:tt) => {{
            let (a, b) = (r!($i.a()), $i.b_signed());
            let holds = if a.is_int() {
                a.as_int_unchecked() $cmp b
            } else {
                get!(ops::compare_bool_apart(th, CompareOp::$op, a, Value::small_int(b)))
            };
            if holds {
                next!()
            }
            pc = target!($i);
            continue;
        }};
    }
    macro_rules! branch_if_equal {
        ($i:expr, $when:literal) => {{
            let (a, b) = (r!($i.a()), r!($i.b()));
            if let Some(equal) = ops::quick_texts_equal(a, b) {
                if equal == $when {
                    pc = target!($i);
                    continue;
                }
                next!()
            }
            branch!($i, $when, Eq, ==, b)
        }};
    }
    macro_rules! branch_back {
        ($i:expr, $op:ident, $cmp:tt) => {{
            if decide!($op, $cmp, r!($i.a()), r!($i.b())) {
                jump_back!($i)
            }
            next!()
        }};
    }
    macro_rules! truth {
        ($value:expr) => {{
            let value = $value;
            if value.is_bool() {
                value == Value::TRUE
            } else if value.is_int() {
                value.as_int_unchecked() != 0
            } else {
                get!(ops::truthy(th, value))
            }
        }};
    }
    /// Where the window of a callee begins whose arguments lie from register `first` on. A generator's registers lie in its
    /// cell: its callees' windows begin on the stack proper.
    macro_rules! window_for {
        ($first:expr) => {
            if frame!().generator.is_empty() { registers_at(registers, $first) } else { frame!().top }
        };
    }
    /// What `super()` would look at in the frame.
    macro_rules! super_call {
        ($i:expr) => {
            ops::SuperCall { global: r!($i.a()), class: free(frame!(), $i.b()).contents.get(), this: r!(0) }
        };
    }
    /// An attribute into its register; a property's getter runs in a frame of its own.
    macro_rules! attribute {
        ($i:expr, $got:expr, $object:expr) => {
            match get!($got) {
                ops::Got::Value(value) => {
                    r!($i.a()) = value;
                    next!()
                }
                ops::Got::Getter(getter) => {
                    let (code, window) = (getter.code(), frame!().top);
                    let top = window.wrapping_add(code.registers as usize);
                    if code.simple_args == 1 && th.stack.has_room_above(frame, top) {
                        *register(window, 0) = $object;
                        empty_variables(window, code);
                        enter_call!(getter, code, window, top, code.body.start(), $i.a())
                    }
                    set!($i.a(), th.call(getter.value(), &[$object]))
                }
            }
        };
    }
    /// Puts a method and its object into two registers, and does `$then` if its site knew it.
    macro_rules! load_method {
        ($i:expr, |$callable:ident, $this:ident| $then:expr) => {{
            let object = r!($i.b());
            if let Some(($callable, $this)) = ops::cached_method(th, object, site!($i)) {
                (r!($i.a()), r!($i.a() + 1)) = ($callable, $this);
                $then
            }
            let (mut callable, mut this) = ops::listed_method(th, object, site!($i));
            if callable.is_empty() {
                (callable, this) = get!(ops::load_method_at(th, object, site!($i)));
            }
            (r!($i.a()), r!($i.a() + 1)) = (callable, this);
            next!()
        }};
    }
    /// Calls a function written in Python with the `total` values from register `first` on, without a native frame.
    macro_rules! call_python {
        ($i:expr, $function:expr, $first:expr, $total:expr) => {{
            let (function, total) = ($function, $total);
            let code = function.code();
            frame!().pc = pc;
            let window = registers_at(registers, $first);
            let top = window.wrapping_add(code.registers as usize);
            // A window in a generator's cell has no room.
            let plain = total == code.plain_args as usize;
            if (plain || total == code.simple_args as usize) && th.stack.has_room_above(frame, top) {
                if !plain {
                    empty_variables(window, code);
                }
                let start = begin_as_guessed(pc, $i, code.body.start());
                enter_call!(function, code, window, top, start, $i.b())
            }
            cold_path();
            match get!(call_function(th, function, window, total, $i.b() as u32)) {
                Begun::Frame => enter_guessed!($i),
                Begun::Done(value) => {
                    r!($i.b()) = value;
                    safepoint!(behind(pc, 1));
                    next!()
                }
            }
        }};
    }
    /// Calls what lies at an instruction's base with the arguments from the second register behind it on; the one in between
    /// is free.
    macro_rules! call {
        ($i:expr) => {{
            let (base, total) = ($i.a(), $i.arguments());
            let (callee, first) = (r!(base), base + 2);
            if let Some(function) = callee.downcast::<Function>() {
                call_python!($i, function, first, total)
            }
            if let Some(native) = callee.downcast::<Native>() {
                call_native!($i, native, first, total)
            }
            call_object!($i, callee, first, total, registers_at(registers, base + 1))
        }};
    }
    /// Calls what is neither a function nor a native one.
    macro_rules! call_object {
        ($i:expr, $callee:expr, $first:expr, $total:expr, $free:expr) => {
            match get!(call_other(th, $callee, slice(registers, $first, $total), $free, $i.b() as u32)) {
                Begun::Frame => enter_guessed!($i),
                Begun::Done(value) => {
                    r!($i.b()) = value;
                    safepoint!(behind(pc, 1));
                    next!()
                }
            }
        };
    }
    /// Calls a method with its object, which lies before the arguments.
    macro_rules! call_method {
        ($i:expr, $callable:expr, $this:expr) => {{
            let (first, mut total) = ($i.a() + 1, $i.arguments() + 1);
            if let Some(native) = $callable.downcast::<Native>() {
                let quick = &native.get().quick;
                let args = registers_at(registers, first);
                finish_call!(
                    $i,
                    if quick.accepts_on($this, total) {
                        fill_arguments!(quick, args, total);
                        (quick.function)(th, slice(args, 0, total))
                    } else {
                        cold_path();
                        th.call_native_unbound(native, slice(args, 0, total), &[])
                    }
                )
            }
            if let Some(function) = $callable.downcast::<Function>() {
                call_python!($i, function, first, total)
            }
            call_object!($i, $callable, first, total, std::ptr::null_mut())
        }};
    }
    /// Calls a native function. What it is `bound` to goes where a method's object lies: before the arguments.
    macro_rules! call_native {
        ($i:expr, $native:expr, $first:expr, $total:expr) => {{
            let (native, mut first, mut total) = ($native, $first, $total);
            if !native.bound.is_empty() {
                first -= 1;
                total += 1;
                r!(first) = native.bound;
            }
            let quick = &native.get().quick;
            finish_call!(
                $i,
                if quick.accepts(slice(registers, first, total)) {
                    fill_arguments!(quick, registers_at(registers, first), total);
                    (quick.function)(th, slice(registers, first, total))
                } else {
                    cold_path();
                    th.call_native_unbound(native, slice(registers, first, total), &[])
                }
            )
        }};
    }
    /// Fills a native function's arguments up with `EMPTY`. The verifier has seen that a call has room for so many. The number is
    /// read again each time, so that the optimiser does not unroll what turns once or twice.
    macro_rules! fill_arguments {
        ($quick:expr, $args:expr, $total:ident) => {
            while $total < $quick.parameters as usize {
                *register($args, $total) = Value::EMPTY;
                $total += 1;
            }
        };
    }
    /// What native code has returned, into the call's register.
    macro_rules! finish_call {
        ($i:expr, $result:expr) => {{
            let value = get!($result);
            r!($i.b()) = value;
            safepoint!(behind(pc, 1));
            next!()
        }};
    }
    /// Hands a function's result to its caller; what is not a plain call between two functions takes the long way.
    macro_rules! leave {
        ($value:expr) => {{
            let value = $value;
            if let Some(target) = frame!().to.plain_register() {
                frame = th.stack.pop_call(frame);
                (pc, registers) = (frame!().pc, frame!().registers);
                r!(target) = value;
                next!()
            }
            leave_otherwise!(value)
        }};
    }
    macro_rules! leave_otherwise {
        ($value:expr) => {{
            let mut value = $value;
            let (exit, target) = (frame!().to.exit(), frame!().to.target());
            if !frame!().generator.is_empty() {
                crate::vm::generators::finish(frame!());
                th.stack.pop();
                match exit {
                    Exit::Loop => {
                        enter!();
                        next!()
                    }
                    Exit::Send => {
                        enter!();
                        r!(target) = value;
                        // The caller stands at its Send, whose target lies in its code.
                        pc = target!(Fetched::at(pc));
                        continue;
                    }
                    _ => return Stop::Done(value),
                }
            }
            if exit == Exit::Init {
                if !value.is_none() {
                    raise!(th.init_returned(value));
                }
                value = frame!().object;
            }
            th.stack.pop();
            give!(value, exit, target)
        }};
    }
    /// Hands a frame's result to whoever waits for it.
    macro_rules! give {
        ($value:expr, $exit:expr, $target:expr) => {{
            let (value, exit, target) = ($value, $exit, $target);
            if exit == Exit::Native {
                return Stop::Done(value);
            }
            enter!();
            r!(target) = value;
            next!()
        }};
    }

    enter!();
    loop {
        let i = Fetched::at(pc);
        if EVERY {
            get!(th.every_instruction(counts_ticks));
            if !th.stops_everywhere() {
                return Stop::Switch;
            }
            // A tracing function may have jumped.
            if frame!().pc != pc {
                pc = frame!().pc;
                continue;
            }
        }
        match i.op() {
            Op::Nop => {
                // A loop over a range whose body is empty turns here, as far as nothing is asked of the thread: the `ForIter`
                // behind it goes on from there. (`loop_pass`)
                let foot = behind(pc, 1);
                let turns = Fetched::at(foot);
                if !EVERY
                    && turns.op() == Op::ForIter
                    && jumped(foot, turns) == pc
                    && let Some(range) = r!(turns.b()).downcast::<RangeIter>()
                {
                    let breaker = th.breaker();
                    range.advance_until(|| breaker.requests() != 0, |i| r!(turns.a()) = Value::small_int(i));
                }
                next!()
            }
            Op::Move => {
                r!(i.a()) = r!(i.b());
                next!()
            }
            Op::LoadConst => {
                r!(i.a()) = constant!(i);
                next!()
            }
            Op::LoadInt => {
                r!(i.a()) = Value::small_int(i.c_signed());
                next!()
            }
            Op::LoadNone => {
                r!(i.a()) = none;
                next!()
            }
            Op::CheckLocal => {
                if r!(i.a()).is_empty() {
                    raise!(slow::unbound_variable(th, frame!(), i.c()));
                }
                next!()
            }
            Op::DeleteLocal => {
                if r!(i.a()).is_empty() {
                    raise!(slow::unbound_variable(th, frame!(), i.c()));
                }
                r!(i.a()) = Value::EMPTY;
                next!()
            }
            Op::ClearLocal => {
                r!(i.a()) = Value::EMPTY;
                next!()
            }

            Op::LoadGlobal => {
                let site = site!(i);
                if let Some(value) = crate::vm::globals::cached(site, frame!()) {
                    r!(i.a()) = value;
                    next!()
                }
                set!(i.a(), crate::vm::globals::load(th, site, frame!().globals, frame!().builtins))
            }
            Op::StoreGlobal => {
                let site = site!(i);
                if !crate::vm::globals::store_cached(th, site, frame!().globals, r!(i.a())) {
                    crate::vm::globals::store(th, site, frame!().globals, r!(i.a()));
                }
                next!()
            }
            Op::DeleteGlobal => {
                get!(crate::vm::globals::delete(th, frame!(), i.c()));
                next!()
            }
            Op::LoadName => set!(i.a(), slow::load_name(th, frame!(), site!(i).name)),
            Op::StoreName => {
                get!(slow::store_name(th, frame!(), i.c(), r!(i.a())));
                next!()
            }
            Op::DeleteName => {
                get!(slow::delete_name(th, frame!(), i.c()));
                next!()
            }
            Op::LoadLocals => set!(i.a(), slow::locals(th, frame!())),
            Op::LoadFromDictOrGlobals => set!(i.a(), slow::load_from_dict_or_globals(th, frame!(), r!(i.b()), i.c())),
            Op::LoadFromDictOrCell => {
                set!(i.a(), slow::load_from_dict_or_cell(th, frame!(), r!(i.a()), r!(i.b()), i.c()))
            }

            Op::MakeCell => {
                r!(i.a()) = ClosureCell::new(th, r!(i.a())).value();
                next!()
            }
            Op::LoadCell => {
                let value = cell(r!(i.b())).contents.get();
                if value.is_empty() {
                    raise!(slow::unbound_variable(th, frame!(), i.c()));
                }
                r!(i.a()) = value;
                next!()
            }
            Op::StoreCell => {
                cell(r!(i.a())).contents.set(r!(i.b()));
                next!()
            }
            Op::DeleteCell => {
                if cell(r!(i.a())).contents.replace(Value::EMPTY).is_empty() {
                    raise!(slow::unbound_variable(th, frame!(), i.c()));
                }
                next!()
            }
            Op::LoadFree => {
                let value = free(frame!(), i.c()).contents.get();
                if value.is_empty() {
                    raise!(slow::unbound_free(th, frame!(), i.c()));
                }
                r!(i.a()) = value;
                next!()
            }
            Op::StoreFree => {
                free(frame!(), i.c()).contents.set(r!(i.a()));
                next!()
            }
            Op::DeleteFree => {
                if free(frame!(), i.c()).contents.replace(Value::EMPTY).is_empty() {
                    raise!(slow::unbound_free(th, frame!(), i.c()));
                }
                next!()
            }
            Op::LoadFreeCell => {
                r!(i.a()) = free(frame!(), i.c()).value();
                next!()
            }

            Op::GetAttr => {
                let object = r!(i.b());
                if let Some(slot) = ops::cached_attr(object, site!(i))
                    && let value = slot.get()
                    && !value.is_empty()
                {
                    r!(i.a()) = value;
                    next!()
                }
                let value = ops::listed_attr(th, object, site!(i));
                if !value.is_empty() {
                    r!(i.a()) = value;
                    next!()
                }
                attribute!(i, ops::get_attr_at(th, object, site!(i)), object)
            }
            Op::SuperAttr => {
                let of = super_call!(i);
                attribute!(i, ops::super_attr_at(th, of, site!(i)), of.this)
            }
            Op::SetAttr => {
                let (object, value) = (r!(i.a()), r!(i.b()));
                if ops::set_cached_attr(th, object, site!(i), value) {
                    next!()
                }
                get!(ops::set_attr_at(th, object, site!(i), value));
                next!()
            }
            Op::DelAttr => {
                get!(ops::del_attr(th, r!(i.a()), frame!().code.names[i.c()]));
                next!()
            }
            Op::LoadMethod => load_method!(i, |_callable, _this| next!()),
            Op::LoadMethodToCall => load_method!(i, |callable, this| {
                if EVERY {
                    next!()
                }
                // (`methods`, `string_methods`)
                pc = behind(pc, 1);
                call_method!(Fetched::at(pc), callable, this)
            }),
            Op::SuperMethod => {
                let (callable, this) = get!(ops::super_method_at(th, super_call!(i), site!(i)));
                r!(i.a()) = callable;
                r!(i.a() + 1) = this;
                next!()
            }
            Op::LoadSpecial => {
                let (callable, this) = get!(slow::load_special(th, r!(i.b()), i.c()));
                r!(i.a()) = callable;
                r!(i.a() + 1) = this;
                next!()
            }

            Op::GetItem => {
                let (object, key) = (r!(i.b()), r!(i.c_register()));
                if let Some(value) = quick_item(object, key) {
                    r!(i.a()) = value;
                    next!()
                }
                set!(i.a(), slow::get_item(th, object, key))
            }
            Op::SetItem => {
                let (object, key) = (r!(i.a()), r!(i.b()));
                if quick_store(th, object, key, r!(i.c_register())) {
                    next!()
                }
                get!(slow::set_item(th, object, key, r!(i.c_register())));
                next!()
            }
            Op::DelItem => {
                get!(ops::del_item(th, r!(i.a()), r!(i.b())));
                next!()
            }
            Op::BuildSlice => {
                // A slice that the next instruction takes of a built-in sequence, and nobody else sees, need not be made.
                // (`a[i:j] += x` needs it again: there the item goes into a register behind the slice's.)
                let user = Fetched::at(behind(pc, 1));
                if !EVERY
                    && user.op() == Op::GetItem
                    && user.c() == i.a()
                    && user.a() <= i.a()
                    && i.a() >= frame!().code.var_names.len()
                    && let Some(part) = ops::get_slice(th, r!(user.b()), [r!(i.b()), r!(i.b() + 1), r!(i.b() + 2)])
                {
                    r!(user.a()) = part;
                    pc = behind(pc, 2);
                    continue;
                }
                if !EVERY
                    && user.op() == Op::SetItem
                    && user.b() == i.a()
                    && let Some(done) =
                        ops::set_slice(th, r!(user.a()), [r!(i.b()), r!(i.b() + 1), r!(i.b() + 2)], r!(user.c()))
                {
                    pc = behind(pc, 1);
                    get!(done);
                    next!()
                }
                r!(i.a()) = crate::objects::slice::new(th, r!(i.b()), r!(i.b() + 1), r!(i.b() + 2));
                next!()
            }

            Op::Add => arithmetic!(i, Add, binary_apart, int::add_inline, |a: f64, b: f64| a + b),
            Op::Sub => arithmetic!(i, Sub, binary_apart, int::sub_inline, |a: f64, b: f64| a - b),
            Op::Mul => arithmetic!(i, Mul, binary_apart, int::mul_inline, |a: f64, b: f64| a * b),
            Op::TrueDiv => {
                let (a, b) = (r!(i.b()), r!(i.c_register()));
                if let Some(quotient) = ops::inline(BinaryOp::TrueDiv, a, b) {
                    r!(i.a()) = quotient;
                    next!()
                }
                set!(i.a(), ops::binary_apart::<{ BinaryOp::TrueDiv as u8 }>(th, a, b))
            }
            Op::FloorDiv => {
                let (a, b) = (r!(i.b()), r!(i.c_register()));
                if Value::both_int(a, b)
                    && let Some(value) = int::floor_div_inline(a, b)
                {
                    r!(i.a()) = value;
                    next!()
                }
                set!(i.a(), ops::binary_apart::<{ BinaryOp::FloorDiv as u8 }>(th, a, b))
            }
            Op::Mod => {
                let (a, b) = (r!(i.b()), r!(i.c_register()));
                if Value::both_int(a, b)
                    && let Some(value) = int::modulo_inline(a, b)
                {
                    r!(i.a()) = value;
                    next!()
                }
                set!(i.a(), ops::binary_apart::<{ BinaryOp::Mod as u8 }>(th, a, b))
            }
            Op::Pow => binary!(i, Pow, binary_apart),
            Op::MatMul => binary!(i, MatMul, binary_apart),
            Op::LShift => binary!(i, LShift, binary_apart),
            Op::RShift => {
                let (a, b) = (r!(i.b()), r!(i.c_register()));
                if Value::both_int(a, b) && (0..63).contains(&b.as_int_unchecked()) {
                    r!(i.a()) = Value::small_int(a.as_int_unchecked() >> b.as_int_unchecked());
                    next!()
                }
                set!(i.a(), ops::binary_apart::<{ BinaryOp::RShift as u8 }>(th, a, b))
            }
            Op::And => bits!(i, And, binary_apart, |a: i64, b: i64| a & b),
            Op::Or => bits!(i, Or, binary_apart, |a: i64, b: i64| a | b),
            Op::Xor => bits!(i, Xor, binary_apart, |a: i64, b: i64| a ^ b),
            Op::IAdd => arithmetic!(i, Add, in_place_apart, int::add_inline, |a: f64, b: f64| a + b),
            Op::ISub => arithmetic!(i, Sub, in_place_apart, int::sub_inline, |a: f64, b: f64| a - b),
            Op::IMul => arithmetic!(i, Mul, in_place_apart, int::mul_inline, |a: f64, b: f64| a * b),
            Op::ITrueDiv => binary!(i, TrueDiv, in_place_apart),
            Op::IFloorDiv => binary!(i, FloorDiv, in_place_apart),
            Op::IMod => binary!(i, Mod, in_place_apart),
            Op::IPow => binary!(i, Pow, in_place_apart),
            Op::IMatMul => binary!(i, MatMul, in_place_apart),
            Op::ILShift => binary!(i, LShift, in_place_apart),
            Op::IRShift => binary!(i, RShift, in_place_apart),
            Op::IAnd => bits!(i, And, in_place_apart, |a: i64, b: i64| a & b),
            Op::IOr => bits!(i, Or, in_place_apart, |a: i64, b: i64| a | b),
            Op::IXor => bits!(i, Xor, in_place_apart, |a: i64, b: i64| a ^ b),
            Op::AddInt => with_int!(i, Add, binary_apart, int::add_small),
            Op::SubInt => with_int!(i, Sub, binary_apart, int::sub_small),
            Op::MulInt => with_int!(i, Mul, binary_apart, int::mul_small),
            Op::FloorDivInt => with_int!(i, FloorDiv, binary_apart, int::floor_div_small),
            Op::ModInt => with_int!(i, Mod, binary_apart, int::modulo_small),
            Op::IAddInt => with_int!(i, Add, in_place_apart, int::add_small),
            Op::ISubInt => with_int!(i, Sub, in_place_apart, int::sub_small),
            Op::Neg => {
                let value = r!(i.b());
                if value.is_float() {
                    r!(i.a()) = Value::computed(-value.as_float_unchecked());
                    next!()
                }
                set!(i.a(), ops::unary(th, UnaryOp::Neg, value))
            }
            Op::Pos => set!(i.a(), ops::unary(th, UnaryOp::Pos, r!(i.b()))),
            Op::Invert => set!(i.a(), ops::unary(th, UnaryOp::Invert, r!(i.b()))),
            Op::Not => {
                let truth = truth!(r!(i.b()));
                r!(i.a()) = Value::bool(!truth);
                next!()
            }

            Op::Lt => compare!(i, Lt, <),
            Op::Le => compare!(i, Le, <=),
            Op::Gt => compare!(i, Gt, >),
            Op::Ge => compare!(i, Ge, >=),
            Op::Eq => {
                if let Some(equal) = ops::quick_texts_equal(r!(i.b()), r!(i.c_register())) {
                    r!(i.a()) = Value::bool(equal);
                    next!()
                }
                compare!(i, Eq, ==)
            }
            Op::Ne => compare!(i, Ne, !=),
            Op::Is => {
                r!(i.a()) = Value::bool(r!(i.b()) == r!(i.c_register()));
                next!()
            }
            Op::IsNot => {
                r!(i.a()) = Value::bool(r!(i.b()) != r!(i.c_register()));
                next!()
            }
            Op::In => {
                let found = get!(ops::contains(th, r!(i.c_register()), r!(i.b())));
                r!(i.a()) = Value::bool(found);
                next!()
            }
            Op::NotIn => {
                let found = get!(ops::contains(th, r!(i.c_register()), r!(i.b())));
                r!(i.a()) = Value::bool(!found);
                next!()
            }

            Op::Jump => {
                pc = target!(i);
                continue;
            }
            Op::JumpBack => jump_back!(i),
            Op::JumpIf => {
                if truth!(r!(i.a())) {
                    pc = target!(i);
                    continue;
                }
                next!()
            }
            Op::JumpUnless => {
                if !truth!(r!(i.a())) {
                    pc = target!(i);
                    continue;
                }
                next!()
            }
            Op::JumpIfNone => {
                if r!(i.a()).is_none() {
                    pc = target!(i);
                    continue;
                }
                next!()
            }
            Op::JumpUnlessNone => {
                if !r!(i.a()).is_none() {
                    pc = target!(i);
                    continue;
                }
                next!()
            }
            Op::JumpIfLt => branch!(i, true, Lt, <, r!(i.b())),
            Op::JumpIfLe => branch!(i, true, Le, <=, r!(i.b())),
            Op::JumpIfGt => branch!(i, true, Gt, >, r!(i.b())),
            Op::JumpIfGe => branch!(i, true, Ge, >=, r!(i.b())),
            Op::JumpIfEq => branch_if_equal!(i, true),
            Op::JumpIfNe => branch!(i, true, Ne, !=, r!(i.b())),
            Op::JumpUnlessLt => branch!(i, false, Lt, <, r!(i.b())),
            Op::JumpUnlessLe => branch!(i, false, Le, <=, r!(i.b())),
            Op::JumpUnlessGt => branch!(i, false, Gt, >, r!(i.b())),
            Op::JumpUnlessGe => branch!(i, false, Ge, >=, r!(i.b())),
            Op::JumpUnlessEq => branch_if_equal!(i, false),
            Op::JumpUnlessNe => branch!(i, false, Ne, !=, r!(i.b())),
            Op::JumpUnlessLtInt => branch_int!(i, Lt, <),
            Op::JumpUnlessLeInt => branch_int!(i, Le, <=),
            Op::JumpUnlessGtInt => branch_int!(i, Gt, >),
            Op::JumpUnlessGeInt => branch_int!(i, Ge, >=),
            Op::JumpUnlessEqInt => branch_int!(i, Eq, ==),
            Op::JumpUnlessNeInt => branch_int!(i, Ne, !=),
            Op::JumpUnlessItems => {
                let (subject, count) = (r!(i.a()), i.b_signed() as usize);
                let matches = if let Some(tuple) = subject.downcast_exact::<Tuple>() {
                    tuple.len() == count
                } else {
                    get!(slow::has_items(th, subject, count))
                };
                if matches {
                    next!()
                }
                pc = target!(i);
                continue;
            }
            Op::JumpBackIf => {
                if truth!(r!(i.a())) {
                    jump_back!(i)
                }
                next!()
            }
            Op::JumpBackIfLt => branch_back!(i, Lt, <),
            Op::JumpBackIfLe => branch_back!(i, Le, <=),
            Op::JumpBackIfGt => branch_back!(i, Gt, >),
            Op::JumpBackIfGe => branch_back!(i, Ge, >=),

            Op::GetIter => set!(i.a(), ops::iter(th, r!(i.b()))),
            Op::ForIter => {
                if th.breaker().requests() != 0 {
                    cold_path();
                    if EVERY {
                        // The loop is not left: who watches instructions would be told of this one twice.
                        get!(th.serve_at_turn());
                    } else if !th.served.take() {
                        // What is asked may stay asked; the loop goes on.
                        safepoint!(pc);
                    }
                }
                let iterator = r!(i.b());
                macro_rules! step {
                    ($next:expr) => {
                        match $next {
                            Some(value) => {
                                r!(i.a()) = value;
                                pc = target!(i);
                                continue;
                            }
                            None => next!(),
                        }
                    };
                }
                const TUPLE_ITER: u32 = kinds::TUPLE_ITER.0 as u32;
                const STR_ASCII_ITER: u32 = kinds::STR_ASCII_ITER.0 as u32;
                const GENERATOR: u32 = kinds::GENERATOR.0 as u32;
                // Compared one after the other, and in two ways: a table of jumps would be slower for the commonest.
                if let Some(range) = iterator.downcast::<RangeIter>() {
                    step!(range.next(th))
                }
                if let Some(list) = iterator.downcast::<ListIter>() {
                    step!(list.next())
                }
                match iterator.header().map_or(0, |header| header.shape().0) {
                    TUPLE_ITER => {
                        if let Some(tuple) = iterator.downcast::<TupleIter>() {
                            step!(tuple.next())
                        }
                    }
                    STR_ASCII_ITER => {
                        if let Some(text) = iterator.downcast::<StrIter>() {
                            step!(text.next(th))
                        }
                    }
                    GENERATOR => {
                        if let Some(generator) = iterator.downcast::<Generator>()
                            && generator.code.is_plain_generator()
                        {
                            match get!(crate::vm::generators::begin(
                                th,
                                generator,
                                none,
                                Destination::new(Exit::Loop, i.a() as u32)
                            )) {
                                true => resume!(generator),
                                false => next!(),
                            }
                        }
                    }
                    _ => {}
                }
                // A pair that the loop takes apart at once, and nobody else sees, need not be put together.
                let body = Fetched::at(target!(i));
                // Either asks an iterator that may run Python code: a collection must know which registers are in use.
                frame!().pc = pc;
                if body.op() == Op::UnpackSequence
                    && body.c() == 2
                    && body.b() == i.a()
                    && i.a() >= frame!().code.var_names.len()
                    && let Some(pair) = iterators::next_pair(th, iterator)
                {
                    match get!(pair) {
                        Some((first, second)) => {
                            r!(body.a()) = first;
                            r!(body.a() + 1) = second;
                            pc = behind(target!(i), 1);
                            continue;
                        }
                        None => next!(),
                    }
                }
                match get!(ops::next_of_other(th, iterator)) {
                    Some(value) => {
                        r!(i.a()) = value;
                        pc = target!(i);
                        continue;
                    }
                    None => next!(),
                }
            }

            Op::BuildTuple => {
                r!(i.a()) = th.tuple(window(registers, i.b(), i.c()));
                next!()
            }
            Op::BuildList => {
                r!(i.a()) = th.list(window(registers, i.b(), i.c()));
                next!()
            }
            Op::BuildSet => set!(i.a(), slow::build_set(th, window(registers, i.b(), i.c()))),
            Op::BuildDict => set!(i.a(), slow::build_dict(th, window(registers, i.b(), 2 * i.c()))),
            Op::BuildString => set!(i.a(), slow::build_string(th, window(registers, i.b(), i.c()))),
            Op::FormatValue => {
                set!(i.a(), slow::format_value(th, r!(i.b()), i.c(), registers_at(registers, i.b() + 1)))
            }
            Op::BuildTemplate => set!(i.a(), slow::build_template(th, window(registers, i.b(), i.c()))),
            Op::BuildInterpolation => set!(i.a(), slow::build_interpolation(th, window(registers, i.b(), 3), i.c())),
            Op::ListAppend => {
                if let Some(list) = r!(i.a()).downcast::<List>() {
                    list.push(th, r!(i.b()));
                }
                next!()
            }
            Op::ListExtend => {
                get!(slow::list_extend(th, r!(i.a()), r!(i.b())));
                next!()
            }
            Op::ListToTuple => {
                r!(i.a()) = slow::list_to_tuple(th, r!(i.b()));
                next!()
            }
            Op::SetAdd => {
                get!(slow::set_add(th, r!(i.a()), r!(i.b())));
                next!()
            }
            Op::SetUpdate => {
                get!(slow::set_update(th, r!(i.a()), r!(i.b())));
                next!()
            }
            Op::DictSet => {
                get!(slow::dict_set(th, r!(i.a()), r!(i.b()), r!(i.c_register())));
                next!()
            }
            Op::DictUpdate => {
                get!(slow::dict_update(th, r!(i.a()), r!(i.b())));
                next!()
            }
            Op::DictMerge => {
                set!(i.a(), slow::dict_merge(th, r!(i.a()), r!(i.b()), window(registers, i.c(), 2)))
            }
            Op::UnpackSequence => {
                let source = r!(i.b());
                if let Some(tuple) = source.downcast::<Tuple>()
                    && tuple.len() == i.c()
                {
                    for (at, item) in tuple.items().iter().enumerate() {
                        r!(i.a() + at) = *item;
                    }
                    next!()
                }
                get!(slow::unpack(th, source, i.c(), |at, value| r!(i.a() + at) = value));
                next!()
            }
            Op::UnpackEx => {
                get!(
                    slow::unpack_starred(th, r!(i.b()), i.c() & 0xFFF, i.c() >> 12, |at, value| r!(i.a() + at) = value)
                );
                next!()
            }

            Op::GetLen => set!(i.a(), ops::len(th, r!(i.b())).map(|len| Value::small_int(len as i64))),
            Op::MatchSequence => {
                let class = th.class_of(r!(i.b()));
                r!(i.a()) = Value::bool(class.has(flag::SEQUENCE));
                next!()
            }
            Op::MatchMapping => {
                let class = th.class_of(r!(i.b()));
                r!(i.a()) = Value::bool(class.has(flag::MAPPING));
                next!()
            }
            Op::MatchKeys => set!(i.a(), slow::match_keys(th, r!(i.b()), r!(i.c_register()))),
            Op::MatchClass => set!(i.a(), slow::match_class(th, r!(i.b()), window(registers, i.c(), 3))),
            Op::CopyDictWithoutKeys => set!(i.a(), slow::dict_without(th, r!(i.b()), r!(i.c_register()))),

            Op::Call => {
                // What it held once must not be kept alive by it as long as the call takes.
                r!(i.a() + 1) = Value::EMPTY;
                call!(i)
            }
            Op::CallMethod => {
                let (callable, this) = (r!(i.a()), r!(i.a() + 1));
                if !this.is_empty() {
                    call_method!(i, callable, this)
                }
                call!(i)
            }
            Op::CallKw => {
                let Some(names) = constant!(i).downcast::<Tuple>() else { unreachable!("the compiler names a tuple") };
                let base = i.a();
                if i.b() & NO_SELF != 0 {
                    r!(base + 1) = Value::EMPTY;
                }
                let callee = r!(base);
                let own = usize::from(!r!(base + 1).is_empty());
                let args = slice(registers, base + 2 - own, (i.b() & !NO_SELF) + own);
                if let Some(function) = callee.downcast::<Function>() {
                    let window = window_for!(base + 2 - own);
                    match get!(th.begin_function(
                        function,
                        args,
                        names.items(),
                        window,
                        Destination::register(base as u32)
                    )) {
                        Begun::Frame => {
                            enter!();
                            begin!()
                        }
                        Begun::Done(value) => r!(base) = value,
                    }
                } else {
                    let value = get!(th.call_keywords(callee, args, names.items()));
                    r!(base) = value;
                }
                safepoint!(behind(pc, 1));
                next!()
            }
            Op::CallEx => match get!(slow::call_ex(th, r!(i.a()), r!(i.a() + 1), r!(i.a() + 2), i.a() as u32)) {
                Begun::Frame => {
                    enter!();
                    begin!()
                }
                Begun::Done(value) => {
                    r!(i.a()) = value;
                    safepoint!(behind(pc, 1));
                    next!()
                }
            },
            Op::Return => leave!(r!(i.a())),
            Op::ReturnNone => leave!(none),
            Op::MakeFunction => {
                let parts: &[Value] = match i.b() == Instr::NO_PARTS as usize {
                    true => &[Value::EMPTY; 4],
                    false => window(registers, i.b(), 4),
                };
                set!(i.a(), slow::make_function(th, frame!(), constant!(i), parts))
            }
            Op::LoadBuildClass => set!(i.a(), slow::build_class_function(th, frame!())),

            Op::Yield | Op::YieldFrom => {
                let value = r!(i.b());
                let Some(generator) = frame!().generator.downcast::<Generator>() else {
                    unreachable!("only generators' code yields")
                };
                generator.suspend_at(pc);
                generator.handled.set(frame!().handled);
                let (exit, target) = (frame!().to.exit(), frame!().to.target());
                th.stack.pop();
                generator.set_state(State::Suspended);
                match exit {
                    Exit::Loop => {
                        enter!();
                        r!(target) = value;
                        // The caller stands at its ForIter, whose target lies in its code.
                        pc = target!(Fetched::at(pc));
                        continue;
                    }
                    _ => {
                        th.yielded.set(exit == Exit::Native);
                        give!(value, exit, target)
                    }
                }
            }
            Op::Send => {
                let (sent, iterator) = (r!(i.a()), r!(i.b()));
                if let Some(generator) = iterator.downcast::<Generator>()
                    && generator.code.can_be_awaited_in_place()
                {
                    match get!(crate::vm::generators::begin(
                        th,
                        generator,
                        sent,
                        Destination::new(Exit::Send, i.a() as u32)
                    )) {
                        true => resume!(generator),
                        false => {
                            r!(i.a()) = none;
                            pc = target!(i);
                            continue;
                        }
                    }
                }
                match get!(crate::vm::generators::send(th, iterator, sent)) {
                    crate::vm::generators::Step::Yielded(value) => {
                        r!(i.a()) = value;
                        next!()
                    }
                    crate::vm::generators::Step::Returned(value) => {
                        r!(i.a()) = value;
                        pc = target!(i);
                        continue;
                    }
                }
            }
            Op::GetYieldFromIter => set!(i.a(), crate::vm::generators::yield_from_iter(th, frame!(), r!(i.b()))),
            Op::GetAwaitable => set!(i.a(), crate::vm::generators::awaitable(th, r!(i.b()), i.c())),
            Op::GetAIter => set!(i.a(), crate::vm::generators::async_iter(th, r!(i.b()))),
            Op::GetANext => set!(i.a(), crate::vm::generators::async_next(th, r!(i.b()))),
            Op::EndAsyncFor => {
                let exception = r!(i.a());
                if crate::objects::exception::is_instance(
                    th,
                    exception,
                    crate::objects::exception::Exc::StopAsyncIteration,
                ) {
                    pc = target!(i);
                    continue;
                }
                raise!(th.raise_again(exception))
            }

            Op::Raise => {
                let raised = match i.c() {
                    0 => slow::raise_current(th),
                    1 => slow::raise(th, r!(i.a()), Value::EMPTY),
                    _ => slow::raise(th, r!(i.a()), r!(i.b())),
                };
                raise!(raised)
            }
            Op::Reraise => raise!(th.raise_again(r!(i.a()))),
            Op::PushHandled => {
                r!(i.a()) = frame!().handled;
                frame!().handled = r!(i.b());
                next!()
            }
            Op::PopHandled => {
                frame!().handled = r!(i.a());
                next!()
            }
            Op::MatchException => {
                set!(i.a(), slow::match_exception(th, r!(i.b()), r!(i.c_register())).map(Value::bool))
            }
            Op::MatchExceptionGroup => {
                let (matched, rest) = get!(slow::match_group(th, r!(i.b()), r!(i.c_register())));
                r!(i.a()) = matched;
                r!(i.a() + 1) = rest;
                next!()
            }
            Op::PrepareReraiseStar => set!(i.a(), slow::prepare_reraise_star(th, r!(i.b()), r!(i.c_register()))),
            Op::WithExit => {
                let value = get!(slow::with_exit(th, r!(i.b()), r!(i.b() + 1), r!(i.c_register())));
                r!(i.a()) = value;
                safepoint!(behind(pc, 1));
                next!()
            }
            Op::LoadAssertionError => {
                r!(i.a()) = th.vm().exception_class(crate::objects::exception::Exc::AssertionError).value();
                next!()
            }

            Op::ImportName => set!(i.a(), slow::import_name(th, frame!(), i.c(), r!(i.b()), r!(i.b() + 1))),
            Op::ImportFrom => set!(i.a(), slow::import_from(th, frame!(), r!(i.b()), i.c())),
            Op::ImportStar => {
                get!(slow::import_star(th, frame!(), r!(i.a())));
                next!()
            }

            Op::SetupAnnotations => {
                get!(slow::setup_annotations(th, frame!()));
                next!()
            }
            Op::Display => {
                get!(slow::display(th, r!(i.a())));
                next!()
            }
            Op::Intrinsic => set!(i.a(), crate::vm::intrinsics::run(th, i.c(), registers_at(registers, i.b()))),
        }
    }
}
