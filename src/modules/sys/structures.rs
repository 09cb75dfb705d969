//! `sys.flags`, `sys.version_info` and their like: tuples with names.

use crate::heap::Value;
use crate::objects::tuple::structure::{self, field, structure};
use crate::vm::Thread;
use crate::vm::native::{TypeDef, member};

static VERSION_INFO: TypeDef = structure(
    "version_info",
    "sys",
    "Version information as a named tuple.",
    &[
        field::<0>("major", "Major release number."),
        field::<1>("minor", "Minor release number."),
        field::<2>("micro", "Patch release number."),
        field::<3>("releaselevel", "'alpha', 'beta', 'candidate', or 'final'."),
        field::<4>("serial", "Serial release number."),
    ],
);

pub(super) fn version_info(th: &Thread) -> Value {
    let int = Value::small_int;
    structure::new(th, &VERSION_INFO, &[int(3), int(14), int(0), th.str("final"), int(0)])
}

static FLAGS: TypeDef = structure(
    "flags",
    "sys",
    "Flags provided through command line arguments or environment vars.",
    &[
        field::<0>("debug", "-d"),
        field::<1>("inspect", "-i"),
        field::<2>("interactive", "-i"),
        field::<3>("optimize", "-O or -OO"),
        field::<4>("dont_write_bytecode", "-B"),
        field::<5>("no_user_site", "-s"),
        field::<6>("no_site", "-S"),
        field::<7>("ignore_environment", "-E"),
        field::<8>("verbose", "-v"),
        field::<9>("bytes_warning", "-b"),
        field::<10>("quiet", "-q"),
        field::<11>("hash_randomization", "-R"),
        field::<12>("isolated", "-I"),
        field::<13>("dev_mode", "-X dev"),
        field::<14>("utf8_mode", "-X utf8"),
        field::<15>("warn_default_encoding", "-X warn_default_encoding"),
        field::<16>("safe_path", "-P"),
        field::<17>("int_max_str_digits", "-X int_max_str_digits"),
        member("gil", "-X gil", |th, _| Ok(Value::small_int(th.vm().options.mode.policy.has_lock().into()))),
        member("thread_inherit_context", "-X thread_inherit_context", |_, _| Ok(Value::small_int(0))),
        member("context_aware_warnings", "-X context_aware_warnings", |_, _| Ok(Value::small_int(0))),
    ],
);

pub(super) fn flags(th: &Thread) -> Value {
    let options = &th.vm().options;
    let int = Value::small_int;
    let items = [
        int(0),
        int(0),
        int(0),
        int(options.optimize.into()),
        int(1),
        int(0),
        int(0),
        int(0),
        int(0),
        int(0),
        int(0),
        int(1),
        int(0),
        Value::FALSE,
        int(0),
        int(0),
        Value::FALSE,
        int(4300),
    ];
    structure::new(th, &FLAGS, &items)
}

static FLOAT_INFO: TypeDef = structure(
    "float_info",
    "sys",
    "What is known of floats.",
    &[
        field::<0>("max", "The largest finite one."),
        field::<1>("max_exp", "The largest e such that 2**(e-1) is finite."),
        field::<2>("max_10_exp", "The largest e such that 10**e is finite."),
        field::<3>("min", "The smallest positive normal one."),
        field::<4>("min_exp", "The smallest e such that 2**(e-1) is normal."),
        field::<5>("min_10_exp", "The smallest e such that 10**e is normal."),
        field::<6>("dig", "Decimal digits that always survive."),
        field::<7>("mant_dig", "Bits of the mantissa."),
        field::<8>("epsilon", "The difference between 1 and the next one."),
        field::<9>("radix", "The base."),
        field::<10>("rounds", "How additions are rounded."),
    ],
);

pub(super) fn float_info(th: &Thread) -> Value {
    let int = Value::small_int;
    let items = [
        Value::float(f64::MAX),
        int(f64::MAX_EXP.into()),
        int(f64::MAX_10_EXP.into()),
        Value::float(f64::MIN_POSITIVE),
        int(f64::MIN_EXP.into()),
        int(f64::MIN_10_EXP.into()),
        int(f64::DIGITS.into()),
        int(f64::MANTISSA_DIGITS.into()),
        Value::float(f64::EPSILON),
        int(f64::RADIX.into()),
        int(1),
    ];
    structure::new(th, &FLOAT_INFO, &items)
}

static HASH_INFO: TypeDef = structure(
    "hash_info",
    "sys",
    "How hashes are computed.",
    &[
        field::<0>("width", "Bits of a hash."),
        field::<1>("modulus", "The prime that hashes of numbers are reduced by."),
        field::<2>("inf", "The hash of infinity."),
        field::<3>("nan", "Not used any more."),
        field::<4>("imag", "The multiplier of imaginary parts."),
        field::<5>("algorithm", "What hashes text and bytes."),
        field::<6>("hash_bits", "Bits of its result."),
        field::<7>("seed_bits", "Bits of its seed."),
        field::<8>("cutoff", "Below which length another one is used."),
    ],
);

pub(super) fn hash_info(th: &Thread) -> Value {
    let int = Value::small_int;
    let algorithm = th.str("siphash13");
    let modulus = th.int((1 << 61) - 1);
    let items = [int(64), modulus, int(314_159), int(0), int(1_000_003), algorithm, int(64), int(128), int(0)];
    structure::new(th, &HASH_INFO, &items)
}

static INT_INFO: TypeDef = structure(
    "int_info",
    "sys",
    "What is known of integers.",
    &[
        field::<0>("bits_per_digit", "Bits of a digit."),
        field::<1>("sizeof_digit", "Bytes of a digit."),
        field::<2>("default_max_str_digits", "The limit on digits of text."),
        field::<3>("str_digits_check_threshold", "The lowest limit."),
    ],
);

pub(super) fn int_info(th: &Thread) -> Value {
    let int = Value::small_int;
    structure::new(th, &INT_INFO, &[int(30), int(4), int(4300), int(640)])
}

static THREAD_INFO: TypeDef = structure(
    "thread_info",
    "sys",
    "What threads are made with.",
    &[
        field::<0>("name", "Name of the thread implementation."),
        field::<1>("lock", "Name of the lock implementation."),
        field::<2>("version", "Name and version of the thread library."),
    ],
);

pub(super) fn thread_info(th: &Thread) -> Value {
    structure::new(th, &THREAD_INFO, &[th.str("pthread"), th.str("pymutex"), Value::NONE])
}
