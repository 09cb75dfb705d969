//! A recording for speedscope (<https://www.speedscope.app>): a profile for each thread and task, in which what it did stands above
//! the line at which it did it.

use std::collections::HashMap;

use serde_json::{Value, json};

use crate::record::analysis::Analysis;

use super::perfetto::doing;

/// The file's one object.
pub fn profiles(analysis: &Analysis) -> Value {
    let mut frames = Frames { numbers: HashMap::new(), frames: Vec::new() };
    let recording = analysis.recording;
    let mut profiles = Vec::new();
    for lane in analysis.timeline.all_lanes() {
        let mut events = Vec::new();
        for span in &lane.spans {
            let what = frames.number(doing(span), None);
            let place = span.place.is_known().then(|| {
                let file = recording.codes.get(&span.place.code).map(|code| (code.file.clone(), span.place.line));
                frames.number(recording.place_name(span.place), file)
            });
            let stack = [Some(what), place];
            events.extend(stack.iter().flatten().map(|frame| json!({"type": "O", "frame": frame, "at": span.from})));
            events
                .extend(stack.iter().rev().flatten().map(|frame| json!({"type": "C", "frame": frame, "at": span.to})));
        }
        profiles.push(json!({
            "type": "evented",
            "name": lane.name,
            "unit": "nanoseconds",
            "startValue": lane.from,
            "endValue": lane.to,
            "events": events,
        }));
    }
    json!({
        "$schema": "https://www.speedscope.app/file-format-schema.json",
        "name": recording.program(),
        "exporter": format!("gilbox {}", env!("CARGO_PKG_VERSION")),
        "shared": {"frames": frames.frames},
        "profiles": profiles,
    })
}

/// What the profiles share: names, each with its number.
struct Frames {
    numbers: HashMap<String, usize>,
    frames: Vec<Value>,
}

impl Frames {
    fn number(&mut self, name: String, place: Option<(String, u32)>) -> usize {
        let frames = &mut self.frames;
        *self.numbers.entry(name).or_insert_with_key(|name| {
            frames.push(match place {
                Some((file, line)) => json!({"name": name, "file": file, "line": line}),
                None => json!({"name": name}),
            });
            frames.len() - 1
        })
    }
}
