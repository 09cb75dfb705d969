//! `gilbox compare`: what it says of a program's modes, and what it refuses to compare.

mod support;

use std::fs;
use std::process::Output;

use serde_json::Value;

use support::{gilbox, text};

/// A folder with a program in it.
struct Folder(support::Folder);

impl Folder {
    fn new(name: &str, program: &str) -> Folder {
        let folder = support::Folder::new(name);
        fs::write(folder.join("program.py"), program).expect("a program");
        Folder(folder)
    }

    /// Compares the program with these options before and those arguments behind it, in the folder.
    fn compare(&self, options: &[&str], arguments: &[&str]) -> Output {
        self.run(&[options, &["program.py"], arguments].concat())
    }

    fn run(&self, arguments: &[&str]) -> Output {
        gilbox().current_dir(&*self.0).arg("compare").args(arguments).output().expect("gilbox runs")
    }

    fn json(&self, options: &[&str]) -> Value {
        let mut with_json = vec!["--json"];
        with_json.extend(options);
        serde_json::from_slice(&self.compare(&with_json, &[]).stdout).expect("one object")
    }
}

fn findings(json: &Value) -> Vec<&str> {
    json["findings"].as_array().expect("findings").iter().filter_map(Value::as_str).collect()
}

#[test]
fn a_ratio_comes_with_its_interval() {
    let folder = Folder::new("interval", "for _ in range(1000): pass\n");
    let json = folder.json(&["--runs", "4"]);
    assert_eq!((&json["runs"], &json["modes"][0]["speed_up_interval"]), (&4.into(), &Value::Null));
    let ends = json["modes"][1]["speed_up_interval"].as_array().expect("an interval");
    let ratio = json["modes"][1]["speed_up"].as_f64().expect("a ratio");
    let ends: Vec<f64> = ends.iter().filter_map(Value::as_f64).collect();
    assert!(ends[0] <= ratio && ratio <= ends[1], "{ratio} {ends:?}");
    assert!(findings(&json)[0].contains("(95% interval "), "{json}");
    let shown = text(&folder.compare(&["--runs", "1", "--markdown"], &[]).stdout);
    assert!(shown.contains("| mode | time |") && shown.contains("\n| off | "), "{shown}");
}

#[test]
fn it_ends_when_the_time_is_up() {
    let folder = Folder::new("time", "pass\n");
    assert_eq!(folder.json(&["--time", "1ms"])["runs"], 1);
}

#[test]
fn what_differs_from_run_to_run_and_between_modes_is_quoted() {
    let folder = Folder::new("pid", "import os\nprint('same')\nprint('process', os.getpid())\n");
    let json = folder.json(&["--runs", "2", "--modes", "on"]);
    let told = findings(&json)[0];
    assert!(
        told.starts_with("In mode on the output differed from run to run; line 2 came out as \"process "),
        "{told}"
    );

    let folder = Folder::new("interval-of-mode", "import sys\nprint(sys.getswitchinterval())\n");
    let json = folder.json(&["--runs", "1", "--modes", "on,on@1ms"]);
    let told = "Mode on@1ms printed something else than on: line 1 was \"0.001\" and not \"0.005\".";
    assert!(findings(&json).contains(&told), "{json}");
}

#[test]
fn an_exception_that_only_one_mode_raises_is_seen() {
    let folder = Folder::new("raises", "import sys\nif not sys._is_gil_enabled(): raise KeyError('gone')\n");
    let json = folder.json(&["--runs", "2"]);
    let told = "With the lock off 2 of 2 runs ended with an error: \"KeyError: 'gone'\".";
    assert!(findings(&json).contains(&told), "{json}");
}

#[test]
fn a_saved_comparison_is_compared_with_what_was_measured_alike() {
    let folder = Folder::new("saved", "pass\n");
    let saved = folder.compare(&["--runs", "3", "--save", "before.json"], &["5"]);
    assert!(saved.status.success(), "{}", text(&saved.stderr));
    let again = folder.compare(&["--runs", "3", "--modes", "on", "--against", "before.json"], &["5"]);
    let shown = text(&again.stdout);
    assert!(shown.contains("what was saved"), "{shown}{}", text(&again.stderr));

    let refused = |options: &[&str], arguments: &[&str], message: &str| {
        let done = folder.compare(options, arguments);
        assert_eq!((text(&done.stderr).as_str(), done.status.code()), (message, Some(2)));
    };
    let other = "gilbox: before.json was not measured alike (arguments: 5 then, 6 now)\n";
    refused(&["--against", "before.json"], &["6"], other);
    let modes = "gilbox: before.json was not measured alike (modes: on, off then, fair now)\n";
    refused(&["--against", "before.json", "--modes", "fair"], &["5"], modes);
    let none = "gilbox: program.py: this is no comparison that --save has written\n";
    refused(&["--against", "program.py"], &["5"], none);
    fs::copy(folder.0.join("program.py"), folder.0.join("other.py")).expect("a copy");
    let done = folder.run(&["--against", "before.json", "other.py", "5"]);
    let other = "gilbox: before.json was not measured alike (program: program.py then, other.py now)\n";
    assert_eq!((text(&done.stderr).as_str(), done.status.code()), (other, Some(2)));
    fs::write(folder.0.join("program.py"), "print()\n").expect("another program");
    let changed = folder.compare(&["--runs", "1", "--modes", "on", "--against", "before.json"], &["5"]);
    let told = "The program has changed since what was saved was measured.";
    assert!(text(&changed.stdout).contains(told), "{}{}", text(&changed.stdout), text(&changed.stderr));
    refused(&["--against", "none"], &["5"], "gilbox: can't open file 'none': No such file or directory\n");
}
