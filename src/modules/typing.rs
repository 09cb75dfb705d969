//! `_typing`: the native types behind `typing`.

use crate::modules::ModuleDef;
use crate::objects::typing;

pub static TYPING: ModuleDef = ModuleDef {
    init: Some(|th, module| typing::publish(th, module.namespace)),
    ..ModuleDef::new("_typing", "Primitives and accelerators for the typing module.")
};
