//! `errno`: the numbers of the system's errors, by their names.

use crate::heap::{Gc, Value};
use crate::modules::ModuleDef;
use crate::objects::module::Module;
use crate::vm::Thread;
use crate::vm::native::Result;

pub static ERRNO: ModuleDef = ModuleDef {
    init: Some(init),
    ..ModuleDef::new("errno", "This module makes available standard errno system symbols.")
};

macro_rules! numbers {
    ($($name:ident)*) => { &[$((stringify!($name), libc::$name)),*] };
}

/// Where several names have one number, `errorcode` has the last.
const NUMBERS: &[(&str, i32)] = numbers! {
    EPERM ENOENT ESRCH EINTR EIO ENXIO E2BIG ENOEXEC EBADF ECHILD EWOULDBLOCK EAGAIN ENOMEM EACCES EFAULT ENOTBLK EBUSY
    EEXIST EXDEV ENODEV ENOTDIR EISDIR EINVAL ENFILE EMFILE ENOTTY ETXTBSY EFBIG ENOSPC ESPIPE EROFS EMLINK EPIPE EDOM
    ERANGE EDEADLK ENAMETOOLONG ENOLCK ENOSYS ENOTEMPTY ELOOP ENOMSG EIDRM ENOSTR ENODATA ETIME ENOSR EREMOTE ENOLINK
    EPROTO EMULTIHOP EBADMSG EOVERFLOW EILSEQ EUSERS ENOTSOCK EDESTADDRREQ EMSGSIZE EPROTOTYPE ENOPROTOOPT
    EPROTONOSUPPORT ESOCKTNOSUPPORT EOPNOTSUPP ENOTSUP EPFNOSUPPORT EAFNOSUPPORT EADDRINUSE EADDRNOTAVAIL ENETDOWN
    ENETUNREACH ENETRESET ECONNABORTED ECONNRESET ENOBUFS EISCONN ENOTCONN ESHUTDOWN ETOOMANYREFS ETIMEDOUT ECONNREFUSED
    EHOSTDOWN EHOSTUNREACH EALREADY EINPROGRESS ESTALE EDQUOT ECANCELED EOWNERDEAD ENOTRECOVERABLE
};

#[cfg(target_os = "linux")]
const OF_LINUX: &[(&str, i32)] = numbers! {
    EDEADLOCK ECHRNG EL2NSYNC EL3HLT EL3RST ELNRNG EUNATCH ENOCSI EL2HLT EBADE EBADR EXFULL ENOANO EBADRQC EBADSLT EBFONT
    ENONET ENOPKG EADV ESRMNT ECOMM EDOTDOT ENOTUNIQ EBADFD EREMCHG ELIBACC ELIBBAD ELIBSCN ELIBMAX ELIBEXEC ERESTART
    ESTRPIPE EUCLEAN ENOTNAM ENAVAIL EISNAM EREMOTEIO ENOMEDIUM EMEDIUMTYPE ENOKEY EKEYEXPIRED EKEYREVOKED EKEYREJECTED
    ERFKILL EHWPOISON
};

#[cfg(not(target_os = "linux"))]
const OF_LINUX: &[(&str, i32)] = &[];

fn init(th: &Thread, module: Gc<Module>) -> Result<()> {
    let codes = th.dict();
    for (name, number) in NUMBERS.iter().chain(OF_LINUX) {
        let (name, number) = (th.intern(name), Value::small_int((*number).into()));
        module.namespace.set_str(th, name, number);
        codes.set_item(th, number, name.value())?;
    }
    module.namespace.set_str(th, th.intern("errorcode"), codes.value());
    Ok(())
}
