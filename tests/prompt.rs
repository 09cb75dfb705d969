//! The prompt, as a person sees it: on a terminal of 80 columns, and with lines from a pipe.

#![cfg(unix)]

mod terminal;

use std::fs;
use std::ops::{Deref, DerefMut};
use std::path::{Path, PathBuf};

use ptyprocess::WaitStatus;

use terminal::{PATIENCE, Terminal};

/// Rows and columns of the screen.
const SIZE: (u16, u16) = (60, 80);

const TAB: &str = "\t";
const UP: &str = "\x1b[A";
const CTRL_C: &str = "\x03";
const CTRL_D: &str = "\x04";
const BACKSPACE: &str = "\x7f";

#[test]
fn values_are_shown_and_kept() {
    let mut terminal = Prompt::start("values", &[]);
    assert!(terminal.text().starts_with("gilbox 0."), "{}", terminal.text());
    assert!(terminal.text().contains("lock 3.14, switch interval 5.0 ms"), "{}", terminal.text());
    terminal.enter("1 + 1");
    terminal.enter("_ * 21");
    terminal.enter("None");
    terminal.enter("'text'; 3");
    terminal.shows(">>> 1 + 1\n2\n>>> _ * 21\n42\n>>> None\n>>> 'text'; 3\n'text'\n3\n>>>");
}

#[test]
fn blocks_are_indented_and_end_with_an_empty_line() {
    let mut terminal = Prompt::start("blocks", &[]);
    terminal.enter("def f(x):");
    terminal.enter("if x:");
    terminal.enter("return x * 2");
    terminal.type_keys(BACKSPACE);
    terminal.enter("return 0");
    terminal.enter("");
    terminal.enter("f(21), f(0)");
    terminal.shows(
        ">>> def f(x):\n...     if x:\n...         return x * 2\n...     return 0\n...\n>>> f(21), f(0)\n(42, 0)\n>>>",
    );
}

#[test]
fn up_leads_to_the_lines_of_the_block_before() {
    let mut terminal = Prompt::start("up", &[]);
    terminal.enter("def f():");
    terminal.enter("return 1");
    terminal.type_keys(UP);
    terminal.waits_for(">>> def f():\n    return 1");
    terminal.type_keys("\x1b[F");
    terminal.type_text("0");
    terminal.type_keys("\x1b[B");
    terminal.enter("");
    terminal.enter("f()");
    terminal.shows("Ctrl-D ends.\n>>> def f():\n    return 10\n\n>>> f()\n10\n>>>");
}

#[test]
fn brackets_and_strings_go_on_over_lines() {
    let mut terminal = Prompt::start("brackets", &[]);
    terminal.enter("[1,");
    terminal.enter("2]");
    terminal.enter("'''a");
    terminal.enter("b'''");
    terminal.shows(">>> [1,\n... 2]\n[1, 2]\n>>> '''a\n... b'''\n'a\\nb'\n>>>");
}

#[test]
fn errors_are_told_with_their_lines() {
    let mut terminal = Prompt::start("errors", &[]);
    terminal.enter("def f(): return 1 / 0");
    terminal.enter("");
    terminal.enter("f()");
    terminal.enter("x y");
    terminal.shows(
        ">>> f()\n\
         Traceback (most recent call last):\n\
         \x20 File \"<python-input-1>\", line 1, in <module>\n\
         \x20   f()\n\
         \x20   ~^^\n\
         \x20 File \"<python-input-0>\", line 1, in f\n\
         \x20   def f(): return 1 / 0\n\
         \x20                   ~~^~~\n\
         ZeroDivisionError: division by zero\n\
         >>> x y\n\
         \x20 File \"<python-input-2>\", line 1\n\
         \x20   x y\n\
         \x20     ^\n\
         SyntaxError: invalid syntax\n\
         >>>",
    );
}

#[test]
fn prompts_and_the_display_hook_can_be_changed() {
    let mut terminal = Prompt::start("hooks", &[]);
    terminal.enter("import sys");
    terminal.enter("sys.displayhook = lambda value: print('value', value)");
    terminal.enter("5");
    terminal.shows(">>> 5\nvalue 5\n>>>");
    terminal.prompts = vec!["in:".into(), "more:".into()];
    terminal.enter("sys.ps1, sys.ps2 = 'in: ', 'more: '");
    terminal.enter("(1,");
    terminal.enter("2)");
    terminal.shows("in: (1,\nmore: 2)\nvalue (1, 2)\nin:");
}

#[test]
fn ctrl_c_interrupts_what_is_typed_and_what_runs() {
    let mut terminal = Prompt::start("interrupt", &[]);
    terminal.type_text("1 + ");
    terminal.type_keys(CTRL_C);
    terminal.shows(">>> 1 +\nKeyboardInterrupt\n>>>");
    terminal.enter("def spin():");
    terminal.enter("print('runs')");
    terminal.enter("while True: pass");
    terminal.enter("");
    terminal.type_keys("spin()\r");
    terminal.waits_for("\nruns\n");
    terminal.type_keys(CTRL_C);
    terminal.waits_for("    while True: pass\n");
    terminal.waits_for("KeyboardInterrupt\n>>>\n");
    terminal.enter("'goes on'");
    terminal.shows("'goes on'\n>>>");
}

#[test]
fn what_is_typed_while_a_statement_runs_comes_to_the_next_prompts() {
    let mut terminal = Prompt::start("ahead", &[]);
    terminal.enter("import threading");
    terminal.type_keys("print('runs'); threading.Event().wait(1)\r");
    terminal.waits_for("\nruns\n");
    terminal.type_keys("1 + 1\r20 +");
    terminal.waits_for(">>> 20 +\n");
    terminal.enter(" 22");
    terminal.shows(">>> 1 + 1\n2\n>>> 20 + 22\n42\n>>>");
}

#[test]
fn ctrl_d_and_exit_end_it() {
    for (keys, code) in [(CTRL_D, 0), ("exit\r", 0), ("exit()\r", 0), ("quit(3)\r", 3), ("raise SystemExit(4)\r", 4)] {
        let mut terminal = Prompt::start("exit", &[]);
        terminal.type_keys(keys);
        assert_eq!(terminal.exit_code(), code, "{keys:?}");
    }
}

#[test]
fn tab_completes_names_attributes_and_modules() {
    let mut terminal = Prompt::start("complete", &[]);
    terminal.type_keys(&format!("import thre{TAB}"));
    terminal.waits_for(">>> import threading\n");
    terminal.enter("");
    terminal.type_keys(&format!("threading.current_th{TAB}"));
    terminal.waits_for(">>> threading.current_thread\n");
    terminal.enter("().name");
    terminal.shows(">>> threading.current_thread().name\n'MainThread'\n>>>");
    terminal.type_keys(&format!("isinst{TAB}"));
    terminal.waits_for(">>> isinstance\n");
    terminal.type_keys(CTRL_C);
    terminal.waits_for("KeyboardInterrupt\n>>>\n");
    terminal.type_keys(&format!("'text'.sta{TAB}"));
    terminal.type_text("!");
    // What is not made of names alone is not evaluated for the sake of completion.
    terminal.waits_for(">>> 'text'.sta!\n");
}

#[test]
fn a_program_can_ask_at_the_prompt() {
    let mut terminal = Prompt::start("ask", &[]);
    terminal.type_text("name = input('name? ')");
    terminal.type_keys("\r");
    terminal.waits_for("\nname?");
    terminal.type_text("Bob");
    terminal.type_keys("\r");
    terminal.is_at_prompt(None);
    terminal.enter("name");
    terminal.shows(">>> name = input('name? ')\nname? Bob\n>>> name\n'Bob'\n>>>");
}

#[test]
fn threads_go_on_while_the_prompt_waits() {
    let mut terminal = Prompt::start("threads", &[]);
    terminal.enter("import threading, time");
    terminal.enter("go = threading.Event()");
    terminal.enter("def work():");
    terminal.enter("go.wait()");
    terminal.enter("for i in range(5): time.sleep(0.01)");
    terminal.enter("print('worked')");
    terminal.enter("");
    terminal.enter("threading.Thread(target=work).start()");
    terminal.type_keys("go.set()\r");
    terminal.waits_for("worked");
}

#[test]
fn what_threads_print_goes_above_the_line_that_is_typed() {
    let mut terminal = Prompt::start("above", &[]);
    terminal.enter("import threading, sys");
    terminal.enter("go = threading.Event()");
    terminal.enter("def work():");
    terminal.enter("go.wait()");
    terminal.enter("print('one'); print('two', file=sys.stderr)");
    terminal.enter("print('thr', end='', flush=True); print('ee')");
    terminal.enter("");
    terminal.enter("threading.Thread(target=work).start()");
    terminal.enter("threading.Timer(0.3, go.set).start()");
    terminal.type_keys("abc = 12");
    terminal.waits_for("three\n>>> abc = 12");
    terminal.type_keys("3");
    terminal.enter("");
    terminal.enter("abc");
    terminal.shows("one\ntwo\nthree\n>>> abc = 123\n>>> abc\n123\n>>>");
}

#[test]
fn statements_are_remembered_by_the_next_session() {
    let mut terminal = Prompt::start("history", &[]);
    terminal.enter("for i in range(2):");
    terminal.enter("print('round', i)");
    terminal.enter("");
    terminal.type_keys(CTRL_D);
    assert_eq!(terminal.exit_code(), 0);
    let state = terminal.folder.join("state/gilbox/history");
    assert!(fs::read_to_string(&state).expect("a history").contains("for i in range(2)"));
    let mut terminal = Prompt::again("history", &[]);
    terminal.type_keys(UP);
    terminal.waits_for(">>> for i in range(2):\n    print('round', i)\n");
    terminal.type_keys("\r");
    terminal.waits_for("    print('round', i)\n\n");
    terminal.type_keys("\r");
    terminal.waits_for("round 0\nround 1\n>>>");
}

#[test]
fn a_history_that_cannot_be_kept_is_no_error() {
    let mut terminal = Prompt::start_with("no-history", &["--gil", "off"], &[("XDG_STATE_HOME", "/dev/null")]);
    assert!(terminal.text().contains(", no lock"), "{}", terminal.text());
    terminal.enter("1");
    terminal.enter("2");
    terminal.shows("3.14's language), no lock\n%help lists commands to look at the lock and switch it; Ctrl-D ends.\noff >>> 1\n1\noff >>> 2\n2\noff >>>");
}

#[test]
fn words_are_coloured_unless_that_is_not_wanted() {
    for (no_color, expected) in [("", vt100::Color::Idx(4)), ("1", vt100::Color::Default)] {
        let mut terminal = Prompt::start_with("colours", &[], &[("NO_COLOR", no_color)]);
        terminal.type_text("return");
        terminal.waits_for(">>> return");
        let (_, row) = terminal.cursor_row();
        let colour = terminal.screen(|screen| screen.cell(row, 4).expect("a cell").fgcolor());
        assert_eq!(colour, expected, "NO_COLOR={no_color:?}");
    }
}

#[test]
fn pasted_statements_run_one_after_the_other() {
    let mut terminal = Prompt::start("paste", &[]);
    terminal.type_keys("\x1b[200~x = 1\ndef f():\n    return x + 1\n\nf()\x1b[201~");
    terminal.waits_for("    return x + 1\n\nf()");
    terminal.type_keys("\r");
    terminal.waits_for("f()\n2\n>>>");
}

#[test]
fn a_program_can_be_followed_by_the_prompt() {
    let folder = folder("follow");
    let program = folder.join("program.py");
    fs::write(&program, "import sys\nx = 41\nprint('started', end='')\nsys.exit('stopped')\n").expect("a program");
    let mut terminal = Prompt::again("follow", &["-i", &program.display().to_string()]);
    terminal.waits_for("started");
    terminal.waits_for("SystemExit: stopped");
    terminal.enter("x + 1");
    terminal.shows(">>> x + 1\n42\n>>>");
}

#[test]
fn the_laboratory_is_at_hand() {
    let mut terminal = Prompt::start("laboratory", &[]);
    terminal.enter("gil.enable('2.7'); gil.policy()");
    terminal.shows("'2.7'\n2.7 >>>");
    terminal.enter("gil.report()");
    terminal.waits_for("gilbox report  so far");
    terminal.waits_for("MainThread");
    terminal.enter("help(gil.disable)");
    terminal.shows("disable()\n    Switch the lock off, while the program runs: the threads run in parallel.\n2.7 >>>");
}

#[test]
fn commands_look_at_the_lock_and_switch_it() {
    let mut terminal = Prompt::start("commands", &[]);
    terminal.enter("%gil");
    terminal.shows("\nlock 3.14, switch interval 5.0 ms\n>>>");
    terminal.enter("%interval 1ms");
    terminal.shows("\nlock 3.14, switch interval 1.0 ms\n>>>");
    terminal.enter("%gil off");
    terminal.shows("\nno lock\noff >>>");
    terminal.enter("gil.policy()");
    terminal.shows("'off'\noff >>>");
    terminal.enter("%gil on");
    terminal.shows("\nlock 3.14, switch interval 1.0 ms\n>>>");
    terminal.enter("%time sum(range(1000)); x = 5");
    terminal.waits_for("499500\nwall time ");
    terminal.waits_for("; lock held ");
    terminal.enter("%timeit x + 1");
    terminal.waits_for(" each (median of 5 rounds of ");
    terminal.enter("%compare x + 1");
    terminal.waits_for("\nlock off ");
    terminal.waits_for("\nwithout the lock ");
    terminal.enter("%dis x + 1");
    terminal.waits_for("LoadName ");
    terminal.enter("%who");
    terminal.shows("\nx                    int\n>>>");
    terminal.enter("%report");
    terminal.waits_for("gilbox report  so far");
    terminal.enter("%gli");
    terminal.shows("%gli: there is no such command; %help lists them\n>>>");
    terminal.enter("%time 1 / 0");
    terminal.shows("ZeroDivisionError: division by zero\n>>>");
    terminal.type_keys("%timei\t");
    terminal.waits_for(">>> %timeit\n");
}

#[test]
fn a_program_runs_at_the_prompt_and_leaves_its_names() {
    let folder = folder("percent-run");
    let program = folder.join("program.py");
    fs::write(&program, "import sys\nwords = sys.argv[1:]\nsys.exit(3)\n").expect("a program");
    let mut terminal = Prompt::again("percent-run", &[]);
    terminal.type_keys(&format!("%run {} a b\r", program.display()));
    terminal.waits_for("SystemExit: 3");
    terminal.enter("words");
    terminal.shows("['a', 'b']\n>>>");
    terminal.enter("%run nowhere.py");
    terminal.shows("%run: can't open file 'nowhere.py': No such file or directory\n>>>");
}

#[test]
fn what_can_be_awaited_is_awaited() {
    let mut terminal = Prompt::start("await", &[]);
    terminal.enter("import asyncio");
    terminal.enter("await asyncio.sleep(0.01, 'slept')");
    terminal.shows("'slept'\n>>>");
    terminal.enter("t = [await asyncio.sleep(0, n) for n in (3, 4)]; sum(t)");
    terminal.shows("7\n>>>");
    terminal.type_keys("await asyncio.sleep(100)\r");
    std::thread::sleep(std::time::Duration::from_millis(300));
    terminal.type_keys(CTRL_C);
    terminal.waits_for("KeyboardInterrupt\n>>>");
    terminal.enter("await asyncio.sleep(0, 'and on')");
    terminal.shows("'and on'\n>>>");
    terminal.type_keys(CTRL_D);
    assert_eq!(terminal.exit_code(), 0);
}

#[test]
fn lines_from_a_pipe_are_run_one_by_one() {
    let input = "x = 20\nx + 1\ndef f():\n  return 1/0\n\nf()\nprint('a', end='')\nimport sys\nsys.ps1\nx y\n";
    let mut command = assert_cmd::Command::new(env!("CARGO_BIN_EXE_gilbox"));
    let done = command.arg("repl").write_stdin(input).timeout(PATIENCE).output().expect("gilbox ends in time");
    assert_eq!(String::from_utf8_lossy(&done.stdout), "21\na'>>> '\n");
    assert_eq!(done.status.code(), Some(0));
    let errors = String::from_utf8_lossy(&done.stderr);
    let (_, session) = errors.split_once("Ctrl-D ends.\n").expect("a banner");
    assert_eq!(
        session,
        ">>> >>> >>> ... ... >>> Traceback (most recent call last):\n  File \"<stdin>\", line 1, in <module>\n    f()\n    ~^^\n  \
         File \"<stdin>\", line 2, in f\n    return 1/0\n           ~^~\nZeroDivisionError: division by zero\n\
         >>> >>> >>> >>>   File \"<stdin>\", line 1\n    x y\n      ^\nSyntaxError: invalid syntax\n>>> \n"
    );
}

/// gilbox on a terminal, with a folder of its own.
struct Prompt {
    terminal: Terminal,
    /// Without the space behind them.
    prompts: Vec<String>,
    folder: PathBuf,
}

/// An empty folder for one test.
fn folder(name: &str) -> PathBuf {
    let path = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("prompt-{name}-{}", std::process::id()));
    let _ = fs::remove_dir_all(&path);
    fs::create_dir_all(&path).expect("a folder for the test");
    path
}

impl Deref for Prompt {
    type Target = Terminal;

    fn deref(&self) -> &Terminal {
        &self.terminal
    }
}

impl DerefMut for Prompt {
    fn deref_mut(&mut self) -> &mut Terminal {
        &mut self.terminal
    }
}

impl Prompt {
    fn start(name: &str, arguments: &[&str]) -> Prompt {
        Prompt::start_with(name, arguments, &[])
    }

    fn start_with(name: &str, arguments: &[&str], environment: &[(&str, &str)]) -> Prompt {
        Prompt::open(folder(name), arguments, environment)
    }

    /// In the folder that an earlier session of the same test has left.
    fn again(name: &str, arguments: &[&str]) -> Prompt {
        let path = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("prompt-{name}-{}", std::process::id()));
        Prompt::open(path, arguments, &[])
    }

    fn open(folder: PathBuf, arguments: &[&str], environment: &[(&str, &str)]) -> Prompt {
        let terminal = Terminal::open(SIZE, arguments, |command| {
            command.env("XDG_STATE_HOME", folder.join("state")).envs(environment.iter().copied());
        });
        let prompt = Prompt {
            terminal,
            prompts: [">>>", "...", "off >>>", "2.7 >>>", "    ..."].map(String::from).to_vec(),
            folder,
        };
        prompt.is_at_prompt(None);
        prompt
    }

    /// The cursor's row, and its number.
    fn cursor_row(&self) -> (String, u16) {
        self.screen(|screen| {
            let (row, _) = screen.cursor_position();
            let text = screen.rows(0, SIZE.1).nth(row.into()).unwrap_or_default();
            (text.trim_end().to_string(), row)
        })
    }

    /// Waits until the text is the end of what is on the screen.
    fn shows(&self, text: &str) {
        self.until(text, || self.text().ends_with(text));
    }

    /// Waits until a prompt waits below the given row.
    fn is_at_prompt(&self, below: Option<u16>) {
        self.until("a prompt", || {
            let (text, row) = self.cursor_row();
            self.prompts.contains(&text) && below.is_none_or(|below| row > below)
        });
    }

    /// Types text, and waits until it is seen.
    fn type_text(&mut self, text: &str) {
        self.type_keys(text);
        self.until(text, || self.cursor_row().0.ends_with(text.trim_end()));
    }

    /// Types a line at a prompt, and waits for the next prompt.
    fn enter(&mut self, line: &str) {
        self.type_text(line);
        let (_, row) = self.cursor_row();
        self.type_keys("\r");
        self.is_at_prompt(Some(row));
    }

    /// Waits for the end; the exit code.
    fn exit_code(&self) -> i32 {
        match self.end() {
            WaitStatus::Exited(_, code) => code,
            other => panic!("ended by {other:?}"),
        }
    }
}
