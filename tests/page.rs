//! The page that `gilbox view --html` writes, looked at in a browser.

mod browser;
mod support;

use std::fs;
use std::path::PathBuf;

use serde_json::{Value, json};

use browser::Browser;
use support::{gilbox, text};

const MEETING: &str = "\
import gil, threading, time
lock = threading.Lock()
def count():
    for _ in range(50_000_000): pass
    with lock:
        time.sleep(0.01)
threads = [threading.Thread(target=count, name=f'counter {n}') for n in range(2)]
for thread in threads: thread.start()
gil.mark('started')
for thread in threads: thread.join()
";

/// Recordings, and the pages that are made of them.
struct Folder(support::Folder);

impl Folder {
    fn new(name: &str) -> Folder {
        Folder(support::Folder::new(name))
    }

    fn file(&self, name: &str) -> PathBuf {
        self.0.join(name)
    }

    /// A recording of a program that is written down first.
    fn record(&self, name: &str, program: &str, source: &str, mode: &str) -> PathBuf {
        let (program, recording) = (self.file(program), self.file(name));
        fs::write(&program, source).expect("a program");
        let mut command = gilbox();
        command.args(["run", "--gil", mode, "--switch-interval", "500us", "--record"]).arg(&recording).arg(program);
        assert!(command.status().expect("gilbox runs").success());
        recording
    }

    fn page(&self, recordings: &[&PathBuf]) -> PathBuf {
        let page = self.file("page.html");
        let done = gilbox().arg("view").args(recordings).arg("--html").arg(&page).output().expect("gilbox runs");
        assert!(done.status.success(), "{}", text(&done.stderr));
        page
    }
}

fn report(recording: &PathBuf, arguments: &[&str]) -> String {
    let done = gilbox().arg("report").args(arguments).arg(recording).output().expect("gilbox runs");
    String::from_utf8(done.stdout).expect("a text")
}

/// The figures of the page: whose, which, the value, and how it is shown.
fn figures(browser: &Browser) -> Vec<(String, String, Value, String)> {
    let all = browser.run(
        "return [...document.querySelectorAll('[data-key]')]\
         .map((f) => [f.dataset.of, f.dataset.key, f.getAttribute('value'), f.textContent])",
    );
    let text = |v: &Value| v.as_str().expect("a text").to_string();
    let figure = |f: &Value| {
        let value = serde_json::from_str(&text(&f[2])).expect("a value");
        (text(&f[0]), text(&f[1]), value, text(&f[3]))
    };
    all.as_array().expect("figures").iter().map(figure).collect()
}

/// Where the first canvas is: its left and upper edge, and its width.
fn canvas(browser: &Browser) -> (i64, i64, i64) {
    let edges = browser.run(
        "const box = document.querySelector('canvas').getBoundingClientRect();\
         return [box.left, box.top, box.width].map(Math.round)",
    );
    let edge = |at: usize| edges[at].as_i64().expect("a number");
    (edge(0), edge(1), edge(2))
}

/// The part of the time that is visible, as the page says it, once a frame has been drawn.
fn range(browser: &Browser) -> String {
    browser.run("document.querySelector('canvas').offsetWidth");
    std::thread::sleep(std::time::Duration::from_millis(100));
    browser.text("#range")
}

#[test]
fn the_page_shows_the_figures_of_the_report() {
    let folder = Folder::new("figures");
    let on = folder.record("on.gil", "meeting.py", MEETING, "3.14");
    let off = folder.record("off.gil", "meeting.py", MEETING, "off");
    let page = folder.page(&[&on, &off]);
    let Some(browser) = Browser::start("figures", 1200, 900) else { return };
    browser.open(&page);
    let reports = [&on, &off].map(|file| serde_json::from_str::<Value>(&report(file, &["--json"])).expect("JSON"));
    let shown = figures(&browser);
    for (of, key, value, _) in &shown {
        let report = &reports[of.parse::<usize>().expect("a recording's place")];
        assert_eq!(report.pointer(key), Some(value), "{key} of recording {of}");
    }
    let key = |key: &str| shown.iter().find(|f| f.0 == "0" && f.1 == key).unwrap_or_else(|| panic!("no {key}"));
    for name in ["/busy_ratio", "/contention_ratio", "/switches", "/threads/0/hold_ns", "/pairs/0/wait_ns"] {
        key(name);
    }
    // As text they are set as in the report.
    let text = report(&on, &[]);
    for name in ["/busy_ratio", "/contention_ratio", "/recorded_ns", "/threads/1/hold_ns", "/blockings/0/wait_ns"] {
        assert!(text.contains(&key(name).3), "{name}: {} is not in\n{text}", key(name).3);
    }
    let findings =
        browser.run("return [...document.querySelectorAll('#details0 .findings li')].map((l) => l.textContent)");
    assert_eq!(findings, reports[0]["findings"]);
    // The source stands beside it: a line that computes made others wait.
    let line = browser.text("#details0 tr[data-line='4']");
    assert!(line.contains("for _ in range(50_000_000): pass") && line.contains("s\t"), "{line}");
    assert_eq!(browser.run("return performance.getEntriesByType('resource').length"), json!(0));
    assert_eq!(browser.console(), Vec::<String>::new());
}

#[test]
fn lanes_are_zoomed_moved_and_asked() {
    let folder = Folder::new("zoom");
    let recording = folder.record("run.gil", "meeting.py", MEETING, "3.14");
    let page = folder.page(&[&recording]);
    let Some(browser) = Browser::start("zoom", 1200, 900) else { return };
    browser.open(&page);
    let whole = range(&browser);
    browser.run("document.querySelector('canvas').focus()");
    browser.press(&["+", "+", "+"]);
    let nearer = range(&browser);
    assert_ne!(nearer, whole);
    browser.press(&["\u{e014}"]);
    let moved = range(&browser);
    assert_ne!(moved, nearer, "the arrow moves it");
    browser.press(&["\u{e011}"]);
    assert_eq!(range(&browser), whole, "Home shows all");
    let (left, top, width) = canvas(&browser);
    browser.wheel(left + width / 2, top + 60, -400);
    let wheeled = range(&browser);
    assert_ne!(wheeled, whole, "the wheel zooms");
    let (x, y) = (left + width / 2, top + 60);
    browser.point(json!([
        {"type": "pointerMove", "x": x, "y": y},
        {"type": "pointerDown", "button": 0},
        {"type": "pointerMove", "x": x - 150, "y": y, "duration": 50},
        {"type": "pointerUp", "button": 0},
    ]));
    assert_ne!(range(&browser), wheeled, "it can be dragged");

    // Whoever points at a lane is told what that is; the lock's lane is below overview, axis and marks. What lies at one
    // point depends on the machine; of several, some are in the midst of the counting.
    browser.press(&["\u{e011}"]);
    range(&browser);
    let mut told = (1..8).map(|part| {
        browser.point(json!([{"type": "pointerMove", "x": left + width * part / 16, "y": top + 70}]));
        browser.text("#tip")
    });
    let counts = |told: &String| {
        told.contains("counter ") && told.contains(": has the lock\n") && told.contains("meeting.py:4 in count")
    };
    assert!(told.any(|told| counts(&told)), "no point shows a hold of a counter");

    // From hand-over to hand-over, by key: it is told, and the source shows the line.
    browser.press(&["n"]);
    range(&browser);
    let told = browser.text("#tip");
    assert!(told.contains("has the lock") && told.contains("got it from counter "), "{told}");
    assert_eq!(browser.run("return document.querySelectorAll('tr.chosen').length"), json!(1));
    assert_eq!(browser.console(), Vec::<String>::new());
}

#[test]
fn names_are_told_apart_where_there_is_little_room() {
    let folder = Folder::new("narrow");
    let program = "import threading\ndef apparently(): sum(range(1_000_000))\n\
                   threads = [threading.Thread(target=apparently) for _ in range(2)]\n\
                   for thread in threads: thread.start()\nfor thread in threads: thread.join()\n";
    let recording = folder.record("run.gil", "narrow.py", program, "3.14");
    let page = folder.page(&[&recording]);
    let Some(browser) = Browser::start("narrow", 600, 800) else { return };
    browser.open(&page);
    browser.run(
        "const { prototype } = CanvasRenderingContext2D, { fillText } = prototype; window.written = [];
         prototype.fillText = function (text, ...rest) { written.push(text); fillText.call(this, text, ...rest); };
         document.querySelector('canvas').focus()",
    );
    browser.press(&["+"]);
    let written = browser.run("return new Promise((done) => setTimeout(() => done(window.written), 500))");
    let names: Vec<&str> = written.as_array().expect("texts").iter().filter_map(Value::as_str).collect();
    let of = |n: u32| names.iter().any(|name| name.starts_with(&format!("Thread-{n}")) && name.ends_with('…'));
    assert!(of(1) && of(2), "{names:?}");
}

#[test]
fn it_is_light_or_dark_as_the_system_or_the_reader_wants() {
    let folder = Folder::new("scheme");
    let recording = folder.record("run.gil", "meeting.py", MEETING, "3.14");
    let page = folder.page(&[&recording]);
    let Some(browser) = Browser::start("scheme", 400, 800) else { return };
    browser.open(&page);
    let colours = || {
        range(&browser);
        browser.run(
            "return [getComputedStyle(document.body).backgroundColor, document.querySelector('canvas').toDataURL()]",
        )
    };
    browser.prefer("light");
    let light = colours();
    browser.prefer("dark");
    let dark = colours();
    assert!(light[0] != dark[0] && light[1] != dark[1], "{} {}", light[0], dark[0]);
    // As the system has it, then light, then dark.
    browser.run("document.getElementById('theme').click()");
    assert_eq!(colours(), light);
    browser.run("document.getElementById('theme').click()");
    assert_eq!(colours(), dark);
    // Nothing is wider than a telephone.
    assert_eq!(browser.run("return document.documentElement.scrollWidth <= innerWidth"), json!(true));
    assert_eq!(browser.console(), Vec::<String>::new());
}

#[test]
fn names_are_names_whatever_is_in_them() {
    let name = "</script><img src=x onerror=document.title='broken'>\"'&lt;{{script}}";
    let source = MEETING.replace("f'counter {n}'", &format!("{name:?}"));
    let folder = Folder::new("names");
    let program = "<b onclick='x'>&amp;\"{{data}}.py";
    let recording = folder.record("run.gil", program, &source, "3.14");
    let page = folder.page(&[&recording]);
    let Some(browser) = Browser::start("names", 1200, 900) else { return };
    browser.open(&page);
    assert_eq!(browser.run("return document.images.length"), json!(0));
    assert_ne!(browser.run("return document.title"), json!("broken"));
    assert_eq!(browser.run("return document.querySelectorAll('script').length"), json!(2));
    let names =
        browser.run("return [...document.querySelectorAll('.matrix th[scope=row]')].map((th) => th.textContent)");
    assert!(names.as_array().expect("names").contains(&json!(name)), "{names}");
    assert!(browser.text("h1").ends_with(program), "{}", browser.text("h1"));
    let files = browser.run("return [...document.querySelectorAll('.file')].map((part) => part.dataset.file)");
    assert!(files[0].as_str().expect("a file").ends_with(program), "{files}");
    assert_eq!(browser.console(), Vec::<String>::new());
}

#[test]
fn a_comparison_has_the_lanes_of_all_modes_below_its_figures() {
    let folder = Folder::new("compare");
    let (program, saved, page) = (folder.file("meeting.py"), folder.file("saved.json"), folder.file("page.html"));
    fs::write(&program, MEETING).expect("a program");
    let mut command = gilbox();
    command.args(["compare", "--runs", "3", "--save"]).arg(&saved).arg("--html").arg(&page).arg(&program);
    let done = command.output().expect("gilbox runs");
    assert!(done.status.success(), "{}", text(&done.stderr));
    let Some(browser) = Browser::start("compare", 1200, 900) else { return };
    browser.open(&page);
    let saved: Value = serde_json::from_slice(&fs::read(&saved).expect("a file")).expect("JSON");
    let shown = figures(&browser);
    let compared: Vec<_> = shown.iter().filter(|figure| figure.0 == "comparison").collect();
    assert!(compared.len() > 15, "{compared:?}");
    for (_, key, value, _) in compared {
        assert_eq!(saved.pointer(key), Some(value), "{key}");
    }
    let titles = browser
        .run("return [...document.querySelectorAll('.recording h2')].map((h) => h.firstChild.textContent.trim())");
    assert_eq!(titles, json!(["on", "off"]));
    assert_eq!(browser.console(), Vec::<String>::new());
}
