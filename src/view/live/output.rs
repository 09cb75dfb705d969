//! What the program prints, on a terminal of its own that is as large as the pane it is shown in.

use std::num::NonZeroU16;

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::{Color, Modifier, Style};

/// So many rows can be scrolled back.
const KEPT: usize = 2_000;

/// The program's terminal.
pub struct Output {
    parser: vt100::Parser,
}

fn size(rows: u16, columns: u16) -> (NonZeroU16, NonZeroU16) {
    (NonZeroU16::new(rows).unwrap_or(NonZeroU16::MIN), NonZeroU16::new(columns).unwrap_or(NonZeroU16::MIN))
}

impl Output {
    pub fn new(rows: u16, columns: u16) -> Output {
        let (rows, columns) = size(rows, columns);
        Output { parser: vt100::Parser::new(rows, columns, KEPT) }
    }

    /// The program has printed that.
    pub fn print(&mut self, bytes: &[u8]) {
        self.parser.process(bytes);
    }

    /// Whether the size is another one now.
    pub fn resize(&mut self, rows: u16, columns: u16) -> bool {
        let (rows, columns) = size(rows, columns);
        let is_new = self.parser.screen().size() != (rows, columns);
        if is_new {
            self.parser.set_size(rows, columns);
        }
        is_new
    }

    /// Rows and columns.
    pub fn size(&self) -> (u16, u16) {
        let (rows, columns) = self.parser.screen().size();
        (rows.get(), columns.get())
    }

    /// Scrolls back so many rows, as far as there are; how many it were.
    pub fn scroll(&mut self, back: usize) -> usize {
        self.parser.screen_mut().set_scrollback(back);
        self.parser.screen().scrollback()
    }

    /// All that is on the terminal, and what can be scrolled back to.
    pub fn text(&self) -> String {
        self.parser.screen().contents()
    }

    pub fn draw(&self, area: Rect, buffer: &mut Buffer, colors: bool) {
        let screen = self.parser.screen();
        for row in 0..area.height {
            for column in 0..area.width {
                let Some(cell) = screen.cell(row, column) else { continue };
                let drawn = &mut buffer[(area.x + column, area.y + row)];
                if cell.is_wide_continuation() {
                    drawn.set_symbol("");
                    continue;
                }
                drawn.set_symbol(if cell.has_contents() { cell.contents() } else { " " });
                drawn.set_style(style(cell, colors));
            }
        }
    }
}

fn style(cell: &vt100::Cell, colors: bool) -> Style {
    let mut style = Style::new();
    if colors {
        style = style.fg(color(cell.fgcolor())).bg(color(cell.bgcolor()));
    }
    let modifiers = [
        (cell.bold(), Modifier::BOLD),
        (cell.dim(), Modifier::DIM),
        (cell.italic(), Modifier::ITALIC),
        (cell.underline(), Modifier::UNDERLINED),
        (cell.inverse(), Modifier::REVERSED),
    ];
    modifiers.iter().filter(|(is_set, _)| *is_set).fold(style, |style, (_, modifier)| style.add_modifier(*modifier))
}

fn color(color: vt100::Color) -> Color {
    match color {
        vt100::Color::Default => Color::Reset,
        vt100::Color::Idx(number) => Color::Indexed(number),
        vt100::Color::Rgb(red, green, blue) => Color::Rgb(red, green, blue),
    }
}
