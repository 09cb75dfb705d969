//! Names of services, protocols and network interfaces, which every system knows, and all the names that a host has, for
//! which others are asked.

use std::ffi::{CStr, CString};
use std::net::IpAddr;

use crate::heap::Value;
use crate::modules::io::path;
use crate::objects::exception::{self, Exc};
use crate::objects::{bytes, list::List};
use crate::vm::native::{NativeDef, Result, native};
use crate::vm::{Raised, Thread, ops};

use super::address::{Address, c_text, host_text, look_up};
use super::resolve;

/// Room for what the C library writes beside its structures.
const ROOM: usize = 16 << 10;

unsafe extern "C" {
    fn getservbyname_r(
        name: *const libc::c_char,
        protocol: *const libc::c_char,
        entry: *mut libc::servent,
        room: *mut libc::c_char,
        size: libc::size_t,
        found: *mut *mut libc::servent,
    ) -> libc::c_int;
    fn getservbyport_r(
        port: libc::c_int,
        protocol: *const libc::c_char,
        entry: *mut libc::servent,
        room: *mut libc::c_char,
        size: libc::size_t,
        found: *mut *mut libc::servent,
    ) -> libc::c_int;
    fn getprotobyname_r(
        name: *const libc::c_char,
        entry: *mut libc::protoent,
        room: *mut libc::c_char,
        size: libc::size_t,
        found: *mut *mut libc::protoent,
    ) -> libc::c_int;
    fn gethostbyname_r(
        name: *const libc::c_char,
        entry: *mut libc::hostent,
        room: *mut libc::c_char,
        size: libc::size_t,
        found: *mut *mut libc::hostent,
        error: *mut libc::c_int,
    ) -> libc::c_int;
    fn gethostbyaddr_r(
        address: *const libc::c_void,
        length: libc::socklen_t,
        family: libc::c_int,
        entry: *mut libc::hostent,
        room: *mut libc::c_char,
        size: libc::size_t,
        found: *mut *mut libc::hostent,
        error: *mut libc::c_int,
    ) -> libc::c_int;
    fn hstrerror(error: libc::c_int) -> *const libc::c_char;
}

pub const FUNCTIONS: &[NativeDef] = &[
    native(
        "getservbyname",
        "(servicename, protocolname=None, /)",
        "Return a port number from a service name and protocol name.",
        |th, args| {
            let name = word(th, args[0], "getservbyname", 1)?;
            let protocol = protocol(th, args[1], "getservbyname")?;
            let port = look_up(th, move || {
                entry(
                    |at, room, found| {
                        // SAFETY: strings that end in zero, and room for the answer, which is looked at while all lives.
                        unsafe { getservbyname_r(name.as_ptr(), text_of(&protocol), at, room, ROOM, found) }
                    },
                    |service: &libc::servent| u16::from_be(service.s_port as u16),
                )
            });
            port.map(|port| Value::small_int(port.into()))
                .ok_or_else(|| th.raise(Exc::OSError, "service/proto not found"))
        },
    )
    .parsed(),
    native(
        "getservbyport",
        "(port, protocolname=None, /)",
        "Return the service name from a port number and protocol name.",
        |th, args| {
            let port = u16::try_from(ops::index_i32(th, args[0])?)
                .map_err(|_| th.overflow_error("getservbyport: port must be 0-65535."))?;
            let protocol = protocol(th, args[1], "getservbyport")?;
            let name = look_up(th, move || {
                entry(
                    |at, room, found| {
                        // SAFETY: as above.
                        unsafe { getservbyport_r(port.to_be().into(), text_of(&protocol), at, room, ROOM, found) }
                    },
                    |service: &libc::servent| owned(service.s_name),
                )
            });
            name.map(|name| th.str(&name)).ok_or_else(|| th.raise(Exc::OSError, "port/proto not found"))
        },
    )
    .parsed(),
    native("getprotobyname", "(name, /)", "Return the protocol number for the named protocol.", |th, args| {
        let name = word(th, args[0], "getprotobyname", 1)?;
        let number = look_up(th, move || {
            entry(
                |at, room, found| {
                    // SAFETY: as above.
                    unsafe { getprotobyname_r(name.as_ptr(), at, room, ROOM, found) }
                },
                |protocol: &libc::protoent| protocol.p_proto,
            )
        });
        number.map(|number| Value::small_int(number.into())).ok_or_else(|| th.raise(Exc::OSError, "protocol not found"))
    })
    .parsed(),
    native("if_nameindex", "()", "Returns a list of network interface information (index, name) tuples.", interfaces),
    native(
        "if_nametoindex",
        "(oname, /)",
        "Returns the interface index corresponding to the interface name if_name.",
        |th, args| {
            let name = path::of_file(th, args[0])?;
            let name = c_text(th, &name.path.to_string_lossy())?;
            // SAFETY: a string that ends in zero.
            match unsafe { libc::if_nametoindex(name.as_ptr()) } {
                0 => Err(super::address::failed(th, &std::io::Error::last_os_error())),
                index => Ok(Value::small_int(index.into())),
            }
        },
    ),
    native(
        "if_indextoname",
        "(if_index, /)",
        "Returns the interface name corresponding to the interface index if_index.",
        |th, args| {
            let index = ops::index_u64(th, args[0])?;
            let index = u32::try_from(index).map_err(|_| th.overflow_error("index is too large"))?;
            let mut name = [0u8; libc::IF_NAMESIZE + 1];
            // SAFETY: room for a name of the greatest length.
            if unsafe { libc::if_indextoname(index, name.as_mut_ptr().cast()) }.is_null() {
                return Err(super::address::failed(th, &std::io::Error::last_os_error()));
            }
            Ok(path::decode(th, CStr::from_bytes_until_nul(&name).unwrap_or_default().to_bytes()))
        },
    ),
    native("sethostname", "(name, /)", "Sets the hostname to name. Needs -A.", |th, args| {
        let name = match bytes::content(args[0]) {
            Some(content) => content.into_owned(),
            None => path::of_file(th, args[0])?.path.into_os_string().into_encoded_bytes(),
        };
        th.vm()
            .gate()
            .may_everything("naming the machine")
            .map_err(|refused| exception::raise_refused(th, &refused, &[]))?;
        // SAFETY: a live row of bytes.
        match unsafe { libc::sethostname(name.as_ptr().cast(), name.len()) } {
            0 => Ok(Value::NONE),
            _ => Err(super::address::failed(th, &std::io::Error::last_os_error())),
        }
    })
    .parsed(),
    native(
        "gethostbyname_ex",
        "(host, /)",
        "Return the true host name, a list of aliases, and a list of IP addresses, for a host.",
        |th, args| {
            let name = host_argument(th, args[0], "gethostbyname_ex")?;
            // As the other functions do: a name that is none is told so first.
            resolve::host(th, libc::AF_INET, &name)?;
            resolve::permit_name(th, &name)?;
            let text = c_text(th, &name)?;
            let found = look_up(th, move || {
                host_entry(|at, room, found, error| {
                    // SAFETY: as above.
                    unsafe { gethostbyname_r(text.as_ptr(), at, room, ROOM, found, error) }
                })
            });
            found.map(|host| host.show(th)).map_err(|number| host_error(th, number))
        },
    )
    .parsed(),
    native(
        "gethostbyaddr",
        "(host, /)",
        "Return the true host name, a list of aliases, and a list of IP addresses, for a host.",
        |th, args| {
            let name = host_argument(th, args[0], "gethostbyaddr")?;
            let family = if name.contains(':') { libc::AF_INET6 } else { libc::AF_INET };
            let address = resolve::host(th, family, &name)?;
            let octets = octets(th, &address)?;
            let found = look_up(th, move || {
                let length = octets.len() as libc::socklen_t;
                host_entry(|at, room, found, error| {
                    // SAFETY: as above, and an address of that family's length.
                    unsafe { gethostbyaddr_r(octets.as_ptr().cast(), length, family, at, room, ROOM, found, error) }
                })
            });
            found.map(|host| host.show(th)).map_err(|number| host_error(th, number))
        },
    )
    .parsed(),
];

/// The bytes of an address whose names others are asked for, which the gate must allow unless it is this machine's own.
fn octets(th: &Thread, address: &Address) -> Result<Vec<u8>> {
    let number = address.host().unwrap_or_default();
    let Ok(host) = number.parse::<IpAddr>() else { return Err(th.value_error("no address")) };
    if !host.is_loopback() {
        let gate = th.vm().gate();
        gate.may_connect(&number).map_err(|refused| exception::raise_refused(th, &refused, &[th.str(&number)]))?;
    }
    Ok(match host {
        IpAddr::V4(host) => host.octets().to_vec(),
        IpAddr::V6(host) => host.octets().to_vec(),
    })
}

fn host_argument(th: &Thread, value: Value, function: &str) -> Result<String> {
    if value.as_str_cell().is_none() && bytes::content(value).is_none() {
        let found = th.type_name(value);
        let wanted = "must be str, bytes or bytearray";
        return Err(th.type_error(format_args!("{function}() argument 1 {wanted}, not {found}")));
    }
    host_text(th, value)
}

fn word(th: &Thread, value: Value, function: &str, at: usize) -> Result<CString> {
    match value.as_str_cell() {
        Some(text) => c_text(th, &text.to_text()),
        None => {
            let found = th.type_name(value);
            Err(th.type_error(format_args!("{function}() argument {at} must be str, not {found}")))
        }
    }
}

fn protocol(th: &Thread, value: Value, function: &str) -> Result<Option<CString>> {
    if value.is_empty() { Ok(None) } else { word(th, value, function, 2).map(Some) }
}

fn text_of(text: &Option<CString>) -> *const libc::c_char {
    text.as_ref().map_or(std::ptr::null(), |text| text.as_ptr())
}

fn owned(text: *const libc::c_char) -> String {
    // SAFETY: the C library ends its texts with a zero; they live as long as the room for the entry, which our callers hold.
    unsafe { CStr::from_ptr(text) }.to_string_lossy().into_owned()
}

/// What `look` makes of the entry that `ask` finds.
fn entry<E, R>(
    ask: impl FnOnce(*mut E, *mut libc::c_char, *mut *mut E) -> libc::c_int,
    look: impl FnOnce(&E) -> R,
) -> Option<R> {
    let (mut place, mut room) = (std::mem::MaybeUninit::<E>::uninit(), vec![0u8; ROOM]);
    let mut found = std::ptr::null_mut();
    if ask(place.as_mut_ptr(), room.as_mut_ptr().cast(), &mut found) != 0 || found.is_null() {
        return None;
    }
    // SAFETY: the call has filled `place`, to which `found` points, with texts that lie in `room`.
    Some(look(unsafe { &*found }))
}

/// What is known of a host.
struct Host {
    name: String,
    aliases: Vec<String>,
    addresses: Vec<String>,
}

impl Host {
    fn show(&self, th: &Thread) -> Value {
        let list = |texts: &[String]| {
            let list = List::new(th, &[]);
            for text in texts {
                list.push(th, th.str(text));
            }
            list.value()
        };
        th.tuple(&[th.str(&self.name), list(&self.aliases), list(&self.addresses)])
    }
}

/// The host that `ask` finds, or the resolver's error number.
fn host_entry(
    ask: impl FnOnce(*mut libc::hostent, *mut libc::c_char, *mut *mut libc::hostent, *mut libc::c_int) -> libc::c_int,
) -> std::result::Result<Host, i32> {
    let mut error = 0;
    let told = &mut error;
    entry(|at, room, found| ask(at, room, found, told), host).ok_or(error)
}

fn host(entry: &libc::hostent) -> Host {
    let mut host = Host { name: owned(entry.h_name), aliases: Vec::new(), addresses: Vec::new() };
    // SAFETY: both rows end with a null pointer; an address is as long as the entry says.
    unsafe {
        let mut at = entry.h_aliases;
        while !(*at).is_null() {
            host.aliases.push(owned(*at));
            at = at.add(1);
        }
        let mut at = entry.h_addr_list;
        while !(*at).is_null() {
            let octets = std::slice::from_raw_parts((*at).cast::<u8>(), entry.h_length as usize);
            let address = <[u8; 4]>::try_from(octets).map(IpAddr::from);
            let address = address.or_else(|_| <[u8; 16]>::try_from(octets).map(IpAddr::from));
            host.addresses.extend(address.map(|address| address.to_string()));
            at = at.add(1);
        }
    }
    host
}

#[cold]
fn host_error(th: &Thread, number: i32) -> Raised {
    // SAFETY: the resolver's words are static texts.
    let words = owned(unsafe { hstrerror(number) });
    super::raise_own(th, "herror", &[Value::small_int(number.into()), th.str(&words)])
}

fn interfaces(th: &Thread, _: &[Value]) -> Result {
    let list = List::new(th, &[]);
    // SAFETY: the row ends with an entry without a name, and is freed once, after the last look at it.
    unsafe {
        let first = libc::if_nameindex();
        if first.is_null() {
            return Err(super::address::failed(th, &std::io::Error::last_os_error()));
        }
        let mut at = first;
        while !(*at).if_name.is_null() {
            let name = path::decode(th, CStr::from_ptr((*at).if_name).to_bytes());
            list.push(th, th.tuple(&[Value::small_int((*at).if_index.into()), name]));
            at = at.add(1);
        }
        libc::if_freenameindex(first);
    }
    Ok(list.value())
}
