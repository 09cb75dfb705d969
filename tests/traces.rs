//! Traces for other people's viewers, decoded by other people's decoders.

mod support;

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use prost::Message;
use serde_json::Value;

use support::{Folder, gilbox, text};

/// What is looked at of Perfetto's messages; names and numbers are those of its `.proto` files.
mod perfetto {
    #[derive(Clone, PartialEq, prost::Message)]
    pub struct Trace {
        #[prost(message, repeated, tag = "1")]
        pub packet: Vec<Packet>,
    }

    #[derive(Clone, PartialEq, prost::Message)]
    pub struct Packet {
        #[prost(uint64, optional, tag = "8")]
        pub timestamp: Option<u64>,
        #[prost(uint32, tag = "10")]
        pub trusted_packet_sequence_id: u32,
        #[prost(message, optional, tag = "11")]
        pub track_event: Option<TrackEvent>,
        #[prost(message, optional, tag = "60")]
        pub track_descriptor: Option<TrackDescriptor>,
    }

    #[derive(Clone, PartialEq, prost::Message)]
    pub struct TrackDescriptor {
        #[prost(uint64, tag = "1")]
        pub uuid: u64,
        #[prost(string, tag = "2")]
        pub name: String,
        #[prost(message, optional, tag = "4")]
        pub thread: Option<ThreadDescriptor>,
        #[prost(uint64, tag = "5")]
        pub parent_uuid: u64,
    }

    #[derive(Clone, PartialEq, prost::Message)]
    pub struct ThreadDescriptor {
        #[prost(int32, tag = "1")]
        pub pid: i32,
        #[prost(int32, tag = "2")]
        pub tid: i32,
        #[prost(string, tag = "5")]
        pub thread_name: String,
    }

    #[derive(Clone, PartialEq, prost::Message)]
    pub struct TrackEvent {
        /// 1: a slice begins, 2: it ends, 3: an instant, 4: a counter.
        #[prost(int32, tag = "9")]
        pub r#type: i32,
        #[prost(uint64, tag = "11")]
        pub track_uuid: u64,
        #[prost(string, tag = "23")]
        pub name: String,
        #[prost(int64, tag = "30")]
        pub counter_value: i64,
        #[prost(message, optional, tag = "33")]
        pub source_location: Option<SourceLocation>,
        #[prost(fixed64, repeated, packed = "false", tag = "47")]
        pub flow_ids: Vec<u64>,
        #[prost(fixed64, repeated, packed = "false", tag = "48")]
        pub terminating_flow_ids: Vec<u64>,
    }

    #[derive(Clone, PartialEq, prost::Message)]
    pub struct SourceLocation {
        #[prost(string, tag = "2")]
        pub file_name: String,
        #[prost(string, tag = "3")]
        pub function_name: String,
        #[prost(uint32, tag = "4")]
        pub line_number: u32,
    }
}

/// Two threads that compute until the lock was taken from them.
const TURNS: &str = "\
import gil, threading
def count():
    for _ in range(2_000_000): pass
    if gil.stats()['forced_switches'] < 4: count()
threads = [threading.Thread(target=count, name=f'counter {n}') for n in range(2)]
for thread in threads: thread.start()
gil.mark('started')
for thread in threads: thread.join()
";

/// A recording of `TURNS` and a place for what is made of it.
struct Recorded(Folder);

impl Recorded {
    fn new(name: &str) -> Recorded {
        let recorded = Recorded(Folder::new(name));
        let mut command = gilbox();
        command.args(["run", "--switch-interval", "500us", "--record"]).arg(recorded.file("run.gil"));
        assert!(command.args(["-c", TURNS]).status().expect("gilbox runs").success());
        recorded
    }

    fn file(&self, name: &str) -> PathBuf {
        self.0.join(name)
    }

    fn report(&self, arguments: &[&str]) -> Vec<u8> {
        let done = gilbox().arg("report").args(arguments).arg(self.file("run.gil")).output().expect("gilbox runs");
        assert!(done.status.success(), "{}", text(&done.stderr));
        done.stdout
    }

    fn figures(&self) -> Value {
        serde_json::from_slice(&self.report(&["--json"])).expect("one object")
    }
}

fn shown(path: &Path) -> &str {
    path.to_str().expect("a plain path")
}

#[test]
fn perfetto_shows_the_lock_its_holders_and_who_gave_it_to_whom() {
    let recorded = Recorded::new("perfetto");
    let out = recorded.file("run.pftrace");
    recorded.report(&["--perfetto", shown(&out)]);
    let trace = perfetto::Trace::decode(std::fs::read(&out).expect("a trace").as_slice()).expect("protocol buffers");
    assert!(trace.packet.iter().all(|packet| packet.trusted_packet_sequence_id == 1));
    let tracks: BTreeMap<u64, String> = trace
        .packet
        .iter()
        .filter_map(|packet| packet.track_descriptor.as_ref())
        .map(|track| (track.uuid, track.thread.as_ref().map_or(track.name.clone(), |t| t.thread_name.clone())))
        .collect();
    let names: BTreeSet<&str> = tracks.values().map(String::as_str).collect();
    assert!(names.is_superset(&BTreeSet::from(["the lock, by holder", "MainThread", "counter 0", "counter 1"])));

    // Each track's slices lie one after another, and last as long as the figures say.
    let mut open: BTreeMap<u64, (u64, String)> = BTreeMap::new();
    let mut lasted: BTreeMap<(String, String), u64> = BTreeMap::new();
    let (mut begun, mut ended): (Vec<u64>, Vec<u64>) = Default::default();
    let mut counting = 0;
    for packet in &trace.packet {
        let (Some(at), Some(event)) = (packet.timestamp, &packet.track_event) else { continue };
        begun.extend(&event.flow_ids);
        ended.extend(&event.terminating_flow_ids);
        match event.r#type {
            1 => {
                let before = open.insert(event.track_uuid, (at, event.name.clone()));
                assert_eq!(before, None, "a slice begins within another");
                let place = event.source_location.as_ref();
                counting += u64::from(place.is_some_and(|p| p.function_name == "count" && p.line_number == 3));
            }
            2 => {
                let (from, name) = open.remove(&event.track_uuid).expect("a slice that has begun");
                assert!(from <= at);
                *lasted.entry((tracks[&event.track_uuid].clone(), name)).or_default() += at - from;
            }
            3 => assert_eq!(event.name, "started"),
            4 => assert!((0..=3).contains(&event.counter_value)),
            other => panic!("an event of type {other}"),
        }
    }
    assert!(open.is_empty() && counting > 0);
    begun.sort_unstable();
    ended.sort_unstable();
    assert!(begun == ended && !begun.is_empty(), "each arrow begins and ends");
    let figures = recorded.figures();
    assert!(ended.len() as u64 <= figures["switches"].as_u64().expect("a number"));
    for thread in figures["threads"].as_array().expect("threads") {
        let name = thread["name"].as_str().expect("a name").to_string();
        let held = thread["hold_ns"].as_u64().expect("nanoseconds");
        let of = |track: &str, what: &str| lasted.get(&(track.to_string(), what.to_string())).copied().unwrap_or(0);
        assert_eq!((of(&name, "has the lock"), of("the lock, by holder", &name)), (held, held), "{name}");
        assert_eq!(of(&name, "waits for the lock"), thread["wait_ns"].as_u64().expect("nanoseconds"), "{name}");
    }
}

#[test]
fn speedscope_gets_a_profile_for_each_thread() {
    let recorded = Recorded::new("speedscope");
    let out = recorded.file("run.json");
    recorded.report(&["--speedscope", shown(&out)]);
    let file: Value = serde_json::from_slice(&std::fs::read(&out).expect("profiles")).expect("one object");
    assert_eq!(file["$schema"], "https://www.speedscope.app/file-format-schema.json");
    let frames = file["shared"]["frames"].as_array().expect("frames");
    let profiles = file["profiles"].as_array().expect("profiles");
    assert_eq!(profiles.len(), 3);
    for profile in profiles {
        assert_eq!((&profile["type"], &profile["unit"]), (&"evented".into(), &"nanoseconds".into()));
        let (mut stack, mut last) = (Vec::new(), 0);
        for event in profile["events"].as_array().expect("events") {
            let at = event["at"].as_u64().expect("a moment");
            assert!(at >= last, "events are in order");
            last = at;
            let frame = event["frame"].as_u64().expect("a frame");
            assert!((frame as usize) < frames.len());
            match event["type"].as_str() {
                Some("O") => stack.push(frame),
                _ => assert_eq!(stack.pop(), Some(frame), "what is opened last is closed first"),
            }
        }
        assert!(stack.is_empty());
    }
}

#[test]
fn a_trace_that_cannot_be_written_is_an_error() {
    let recorded = Recorded::new("error");
    let mut command = gilbox();
    let done = command.args(["report", "--perfetto", "/none/x"]).arg(recorded.file("run.gil")).output().expect("runs");
    assert_eq!(text(&done.stderr), "gilbox: /none/x cannot be written: No such file or directory\n");
    assert_eq!(done.status.code(), Some(1));
}
