//! A comparison that was saved, and one that is measured now: what changed, if both were measured alike.

use serde_json::{Value, json};

use super::{Comparison, Interval, statistics};

/// Under what was measured.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Conditions {
    /// The program's file, without its folder; nothing where that was not saved.
    pub program: Option<String>,
    pub arguments: Vec<String>,
    pub system: String,
    pub processors: usize,
    pub gilbox: String,
    /// Whether gilbox was built to be fast.
    pub optimized: bool,
    /// The program's text, as a number that changes with it.
    pub program_hash: String,
}

impl Conditions {
    /// For a program in that file with that text, on this machine, with this gilbox.
    pub fn of(program: &str, arguments: &[String], text: &[u8]) -> Conditions {
        use sha2::Digest;
        let hash = sha2::Sha256::digest(text);
        Conditions {
            program: program.rsplit('/').next().map(String::from),
            arguments: arguments.to_vec(),
            system: format!("{} {}", std::env::consts::OS, std::env::consts::ARCH),
            processors: crate::record::processors(),
            gilbox: env!("CARGO_PKG_VERSION").to_string(),
            optimized: !cfg!(debug_assertions),
            program_hash: hash.iter().take(8).map(|byte| format!("{byte:02x}")).collect(),
        }
    }

    pub fn to_json(&self) -> Value {
        json!({
            "program": self.program,
            "arguments": self.arguments,
            "system": self.system,
            "processors": self.processors,
            "gilbox": self.gilbox,
            "optimized": self.optimized,
            "program_hash": self.program_hash,
        })
    }

    fn from_json(json: &Value) -> Option<Conditions> {
        let text = |name: &str| json[name].as_str().map(String::from);
        let arguments = json["arguments"].as_array()?.iter();
        Some(Conditions {
            program: text("program"),
            arguments: arguments.map(|one| one.as_str().map(String::from)).collect::<Option<_>>()?,
            system: text("system")?,
            processors: json["processors"].as_u64()? as usize,
            gilbox: text("gilbox")?,
            optimized: json["optimized"].as_bool()?,
            program_hash: text("program_hash")?,
        })
    }
}

/// A comparison as it was saved.
#[derive(Clone, Debug)]
pub struct Saved {
    pub conditions: Conditions,
    /// The modes and their times, in nanoseconds.
    modes: Vec<(String, Vec<u64>)>,
}

/// A mode then and now.
#[derive(Clone, Debug)]
pub struct Change {
    pub mode: String,
    pub then_ns: u64,
    pub now_ns: u64,
    /// How many times as fast as then.
    pub speed_up: f64,
    pub interval: Option<Interval>,
}

impl Saved {
    /// From what `Comparison::to_json` has written.
    pub fn read(text: &str) -> Option<Saved> {
        let json: Value = serde_json::from_str(text).ok()?;
        let conditions = Conditions::from_json(&json["conditions"])?;
        let mode = |mode: &Value| {
            let times = mode["times_ns"].as_array()?.iter().map(Value::as_u64).collect::<Option<_>>()?;
            Some((mode["mode"].as_str()?.to_string(), times))
        };
        Some(Saved { conditions, modes: json["modes"].as_array()?.iter().map(mode).collect::<Option<_>>()? })
    }

    /// Why a measurement of those modes under those conditions cannot be compared with this one; nothing if it can.
    pub fn differs(&self, now: &Conditions, modes: &[String]) -> Vec<String> {
        let then = &self.conditions;
        let mut reasons = Vec::new();
        let mut same = |is_same: bool, what: &str, then: String, now: String| {
            if !is_same {
                reasons.push(format!("{what}: {then} then, {now} now"));
            }
        };
        let line = |arguments: &[String]| match arguments {
            [] => "none".to_string(),
            some => some.join(" "),
        };
        let build = |optimized| if optimized { "optimized" } else { "not optimized" }.to_string();
        if let (Some(then), Some(now)) = (&then.program, &now.program) {
            same(then == now, "program", then.clone(), now.clone());
        }
        same(then.arguments == now.arguments, "arguments", line(&then.arguments), line(&now.arguments));
        same(then.system == now.system, "system", then.system.clone(), now.system.clone());
        same(then.processors == now.processors, "processors", then.processors.to_string(), now.processors.to_string());
        same(then.gilbox == now.gilbox, "gilbox", then.gilbox.clone(), now.gilbox.clone());
        same(then.optimized == now.optimized, "gilbox's build", build(then.optimized), build(now.optimized));
        let names: Vec<&str> = self.modes.iter().map(|(name, _)| name.as_str()).collect();
        let has_common = modes.iter().any(|mode| names.contains(&mode.as_str()));
        same(has_common, "modes", names.join(", "), modes.join(", "));
        reasons
    }

    /// Whether the program's text was another one.
    pub fn has_changed(&self, now: &Conditions) -> bool {
        self.conditions.program_hash != now.program_hash
    }

    /// What became of the modes that both have.
    pub fn changes(&self, now: &Comparison) -> Vec<Change> {
        let change = |(name, then): &(String, Vec<u64>)| {
            let mode = now.modes.iter().find(|mode| mode.name == *name)?;
            let times = mode.times();
            let (then_ns, now_ns) = (statistics::median(then), mode.median_ns());
            Some(Change {
                mode: name.clone(),
                then_ns,
                now_ns,
                speed_up: then_ns as f64 / now_ns.max(1) as f64,
                interval: statistics::speed_up(then, &times),
            })
        };
        self.modes.iter().filter_map(change).collect()
    }
}

impl Change {
    pub fn to_json(&self) -> Value {
        json!({
            "mode": self.mode,
            "then_ns": self.then_ns,
            "now_ns": self.now_ns,
            "speed_up": self.speed_up,
            "speed_up_interval": self.interval.map(|i| [i.low, i.high]),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn saved() -> Saved {
        let json = json!({
            "conditions": Conditions::of("a/p.py", &["5".into()], b"print()").to_json(),
            "modes": [{"mode": "on", "times_ns": [1, 2, 3]}, {"mode": "off", "times_ns": [1, 2, 3]}],
        });
        Saved::read(&json.to_string()).expect("a saved comparison")
    }

    #[test]
    fn what_was_measured_alike_can_be_compared() {
        let changed = Conditions::of("b/p.py", &["5".into()], b"print(2)");
        assert!(saved().has_changed(&changed));
        assert_eq!(saved().differs(&changed, &["off".into(), "fair".into()]), Vec::<String>::new());
    }

    #[test]
    fn what_was_not_is_refused_with_the_reasons() {
        let mut other = Conditions::of("q.py", &[], b"print()");
        other.processors += 1;
        let reasons = saved().differs(&other, &["fair".into()]);
        let [program, arguments, processors, modes] = &reasons[..] else { panic!("{reasons:?}") };
        assert_eq!(program, "program: p.py then, q.py now");
        assert_eq!(
            (arguments.as_str(), modes.as_str()),
            ("arguments: 5 then, none now", "modes: on, off then, fair now")
        );
        assert!(processors.starts_with("processors: "));
    }

    #[test]
    fn what_is_no_comparison_is_not_taken_for_one() {
        for text in ["", "{}", "[1]", r#"{"conditions":{},"modes":[]}"#] {
            assert!(Saved::read(text).is_none(), "{text}");
        }
    }
}
