//! gilbox
pub mod cli;
pub mod compiler;
pub mod gil;
pub mod heap;
pub mod modules;
pub mod objects;
pub mod record;
pub mod syntax;
pub mod view;
pub mod vm;
pub mod world;
