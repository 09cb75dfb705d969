//! The gate against the tricks that get around a check of names.

use std::fs;
use std::os::fd::FromRawFd;
use std::os::unix::fs::symlink;
use std::path::PathBuf;

use super::*;

/// A folder with `inside/` (allowed) and `outside/` in it.
fn rooms(name: &str) -> PathBuf {
    let root = std::env::temp_dir().join(format!("gilbox-gate-{}-{name}", std::process::id()));
    let _ = fs::remove_dir_all(&root);
    for folder in ["inside/deep", "outside"] {
        fs::create_dir_all(root.join(folder)).expect("a temporary folder");
    }
    fs::write(root.join("inside/file"), "inner").expect("a file");
    fs::write(root.join("outside/secret"), "outer").expect("a file");
    root
}

fn gate(root: &Path) -> Gate {
    let inside = || Extent::Only(vec![root.join("inside")]);
    Gate::new(Permissions { read: inside(), write: inside(), ..Permissions::default() })
}

fn opens(gate: &Gate, path: &Path, flags: i32) -> Result<(), bool> {
    match gate.open(path, flags, 0o600) {
        Ok(descriptor) => {
            gate.disown(descriptor);
            // SAFETY: the gate has just made it.
            drop(unsafe { OwnedFd::from_raw_fd(descriptor) });
            Ok(())
        }
        Err(refused) => Err(matches!(refused, Refused::Gate { .. })),
    }
}

const BY_GATE: Result<(), bool> = Err(true);
const BY_SYSTEM: Result<(), bool> = Err(false);
const CREATE: i32 = libc::O_WRONLY | libc::O_CREAT | libc::O_TRUNC;

#[test]
fn what_lies_inside_opens_and_what_lies_outside_does_not() {
    let root = rooms("plain");
    let gate = gate(&root);
    assert_eq!(opens(&gate, &root.join("inside/file"), libc::O_RDONLY), Ok(()));
    assert_eq!(opens(&gate, &root.join("inside/missing"), libc::O_RDONLY), BY_SYSTEM);
    assert_eq!(opens(&gate, &root.join("outside/secret"), libc::O_RDONLY), BY_GATE);
    assert_eq!(opens(&gate, &root.join("outside/missing"), libc::O_RDONLY), BY_GATE, "what is missing is not told");
    assert_eq!(opens(&gate, &root.join("inside/new"), CREATE), Ok(()));
    assert_eq!(opens(&gate, &root.join("outside/new"), CREATE), BY_GATE);
    assert!(!root.join("outside/new").exists());
    let _ = fs::remove_dir_all(root);
}

#[test]
fn dots_do_not_lead_out() {
    let root = rooms("dots");
    let gate = gate(&root);
    assert_eq!(opens(&gate, &root.join("inside/../outside/secret"), libc::O_RDONLY), BY_GATE);
    assert_eq!(opens(&gate, &root.join("inside/deep/../file"), libc::O_RDONLY), Ok(()));
    assert_eq!(opens(&gate, &root.join("outside/../inside/file"), libc::O_RDONLY), Ok(()));
    assert_eq!(opens(&gate, &root.join("inside/deep/../../outside/new"), CREATE), BY_GATE);
    let _ = fs::remove_dir_all(root);
}

#[test]
fn links_do_not_lead_out() {
    let root = rooms("links");
    let gate = gate(&root);
    let inside = root.join("inside");
    symlink(root.join("outside"), inside.join("folder")).expect("a link");
    symlink("../outside/secret", inside.join("relative")).expect("a link");
    symlink(root.join("outside/made"), inside.join("dangling")).expect("a link");
    symlink("dangling", inside.join("twice")).expect("a link");
    symlink("loop", inside.join("loop")).expect("a link");
    for name in ["folder/secret", "relative"] {
        assert_eq!(opens(&gate, &inside.join(name), libc::O_RDONLY), BY_GATE, "{name}");
        assert_eq!(opens(&gate, &inside.join(name), CREATE), BY_GATE, "{name}");
    }
    for name in ["dangling", "twice", "folder/new"] {
        assert_eq!(opens(&gate, &inside.join(name), CREATE), BY_GATE, "{name}");
    }
    assert_eq!(opens(&gate, &inside.join("loop"), CREATE), BY_SYSTEM);
    assert!(!root.join("outside/made").exists() && !root.join("outside/new").exists());
    assert_eq!(fs::read_to_string(root.join("outside/secret")).expect("still there"), "outer");
    assert!(gate.place(&inside.join("folder/x"), Access::Write).is_err());
    assert!(gate.place(&inside.join("relative"), Access::Write).is_ok(), "the link itself lies inside");
    assert!(gate.find(&inside.join("relative"), Access::Read).is_err());
    let _ = fs::remove_dir_all(root);
}

#[test]
fn a_link_from_outside_leads_in() {
    let root = rooms("in");
    let gate = gate(&root);
    symlink(root.join("inside"), root.join("outside/door")).expect("a link");
    assert_eq!(opens(&gate, &root.join("outside/door/file"), libc::O_RDONLY), Ok(()));
    let _ = fs::remove_dir_all(root);
}

#[test]
fn a_folder_that_becomes_a_link_between_two_looks_does_not_lead_out() {
    let root = rooms("race");
    let gate = gate(&root);
    let (door, aside) = (root.join("inside/door"), root.join("inside/aside"));
    fs::create_dir(&door).expect("a folder");
    fs::write(door.join("secret"), "inner").expect("a file");
    let done = std::sync::atomic::AtomicBool::new(false);
    std::thread::scope(|scope| {
        scope.spawn(|| {
            while !done.load(std::sync::atomic::Ordering::Relaxed) {
                let _ = fs::rename(&door, &aside);
                let _ = symlink(root.join("outside"), &door);
                let _ = fs::remove_file(&door);
                let _ = fs::rename(&aside, &door);
            }
        });
        for _ in 0..3000 {
            if let Ok(descriptor) = gate.open(&door.join("secret"), libc::O_RDONLY, 0) {
                // SAFETY: the gate has just made it.
                let file = unsafe { std::fs::File::from_raw_fd(descriptor) };
                gate.disown(descriptor);
                assert_eq!(std::io::read_to_string(file).expect("a text"), "inner");
            }
        }
        done.store(true, std::sync::atomic::Ordering::Relaxed);
    });
    let _ = fs::remove_dir_all(root);
}

#[test]
fn numbers_are_no_descriptors_until_the_gate_gives_them_out() {
    let root = rooms("numbers");
    let gate = gate(&root);
    assert!(gate.owns(1) && !gate.owns(7));
    let descriptor = gate.open(&root.join("inside/file"), libc::O_RDONLY, 0).expect("allowed");
    assert!(gate.owns(descriptor));
    gate.disown(descriptor);
    assert!(!gate.owns(descriptor));
    assert!(Gate::new(Permissions::all()).owns(7));
    let _ = fs::remove_dir_all(root);
}
