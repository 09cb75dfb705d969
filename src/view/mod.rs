//! What was measured, as people look at it.
//!
//! - `report`: a run's counters on one screen
//! - `recording`: a recording on one screen; `lanes`: its threads drawn over time
//! - `live`: a run on a screen while it goes on
//! - `page`: recordings as an HTML page
//! - `perfetto` (written in `protobuf`), `speedscope`: a recording for other people's viewers
//! - `comparison`: several modes side by side
//! - `table`, `sentences`: how figures are set

pub mod comparison;
pub mod lanes;
pub mod live;
pub mod page;
pub mod perfetto;
pub mod protobuf;
pub mod recording;
pub mod report;
mod sentences;
pub mod speedscope;
pub mod table;

use anstyle::{AnsiColor, Style};

/// For headings; shown by `anstream` only on a terminal, and not with NO_COLOR.
pub(crate) const STRONG: Style = Style::new().bold();
/// For what matters most.
pub(crate) const ACCENT: Style = AnsiColor::Cyan.on_default().bold();
