//! Names of hosts and services, and the numbers that they stand for. Whoever asks another machine passes the gate.

use std::ffi::{CStr, CString};
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};
use std::ptr;

use crate::heap::Value;
use crate::objects::int::IntRef;
use crate::objects::str::args::text;
use crate::objects::{bytes, exception};
use crate::vm::native::{NativeDef, Result, native};
use crate::vm::{Raised, Thread, ops};

use super::address::{Address, c_text, host_text, look_up, permit};

/// One answer of the system's resolver.
struct Entry {
    family: i32,
    kind: i32,
    protocol: i32,
    name: String,
    address: Address,
}

/// What is asked of the resolver.
#[derive(Clone, Copy, Default)]
struct Wanted {
    family: i32,
    kind: i32,
    protocol: i32,
    flags: i32,
}

/// Asks the resolver; its error number otherwise.
fn ask(host: Option<CString>, service: Option<CString>, wanted: Wanted) -> std::result::Result<Vec<Entry>, i32> {
    // SAFETY: plain numbers and null pointers.
    let mut hints: libc::addrinfo = unsafe { std::mem::zeroed() };
    hints.ai_family = wanted.family;
    hints.ai_socktype = wanted.kind;
    hints.ai_protocol = wanted.protocol;
    hints.ai_flags = wanted.flags;
    let mut first: *mut libc::addrinfo = ptr::null_mut();
    let pointer = |text: &Option<CString>| text.as_ref().map_or(ptr::null(), |text| text.as_ptr());
    // SAFETY: the texts and the hints live through the call, which writes the head of a list.
    let answer = unsafe { libc::getaddrinfo(pointer(&host), pointer(&service), &hints, &mut first) };
    if answer != 0 {
        return Err(answer);
    }
    let mut entries = Vec::new();
    let mut at = first;
    while !at.is_null() {
        // SAFETY: the list's entries, their addresses and names live until it is freed below.
        let entry = unsafe { &*at };
        let name = if entry.ai_canonname.is_null() {
            String::new()
        } else {
            // SAFETY: as above; the resolver ends its texts with a zero.
            unsafe { CStr::from_ptr(entry.ai_canonname) }.to_string_lossy().into_owned()
        };
        // SAFETY: as above.
        let address = unsafe { Address::copied(entry.ai_addr, entry.ai_addrlen) };
        let (family, kind, protocol) = (entry.ai_family, entry.ai_socktype, entry.ai_protocol);
        entries.push(Entry { family, kind, protocol, name, address });
        at = entry.ai_next;
    }
    // SAFETY: the list that the call made, freed once.
    unsafe { libc::freeaddrinfo(first) };
    Ok(entries)
}

/// A host without a port. What is a number, or this machine, needs nobody to be asked.
pub fn host(th: &Thread, family: i32, name: &str) -> Result<Address> {
    let v4 = |host: Ipv4Addr| Address::v4(host, 0);
    match (family, name) {
        (libc::AF_INET, "") => return Ok(v4(Ipv4Addr::UNSPECIFIED)),
        (libc::AF_INET, "<broadcast>" | "255.255.255.255") => return Ok(v4(Ipv4Addr::BROADCAST)),
        (libc::AF_INET6, "") => return Ok(Address::v6(Ipv6Addr::UNSPECIFIED, 0, 0, 0)),
        _ => {}
    }
    match name.parse::<IpAddr>() {
        Ok(IpAddr::V4(host)) if family == libc::AF_INET => return Ok(v4(host)),
        Ok(IpAddr::V6(host)) if family == libc::AF_INET6 => return Ok(Address::v6(host, 0, 0, 0)),
        _ => {}
    }
    permit_name(th, name)?;
    let text = c_text(th, name)?;
    let wanted = Wanted { family, kind: libc::SOCK_DGRAM, ..Wanted::default() };
    match look_up(th, move || ask(Some(text), None, wanted)) {
        Ok(entries) => match entries.first() {
            Some(entry) if entry.address.host().is_some() => {
                th.vm().gate().has_found(name, entry.address.host().into_iter());
                Ok(entry.address)
            }
            Some(entry) => Ok(entry.address),
            None => Err(gai_error(th, libc::EAI_NONAME)),
        },
        Err(number) => Err(gai_error(th, number)),
    }
}

/// Looking a name up tells others about it: the gate is asked, but for numbers and this machine.
pub fn permit_name(th: &Thread, name: &str) -> Result<()> {
    if name.is_empty() || name == "localhost" || name.parse::<IpAddr>().is_ok() {
        return Ok(());
    }
    th.vm().gate().may_connect(name).map_err(|refused| exception::raise_refused(th, &refused, &[th.str(name)]))
}

#[cold]
fn gai_error(th: &Thread, number: i32) -> Raised {
    if number == libc::EAI_SYSTEM {
        return super::address::failed(th, &std::io::Error::last_os_error());
    }
    // SAFETY: the system's words are static texts.
    let words = unsafe { CStr::from_ptr(libc::gai_strerror(number)) }.to_string_lossy().into_owned();
    super::raise_own(th, "gaierror", &[Value::small_int(number.into()), th.str(&words)])
}

pub const FUNCTIONS: &[NativeDef] = &[
    native(
        "getaddrinfo",
        "(host, port, family=0, type=0, proto=0, flags=0)",
        "Resolve host and port into addrinfo struct.",
        get_address_info,
    ),
    native("gethostbyname", "(host, /)", "Return the IP address for a host.", |th, args| {
        let name = host_text(th, args[0])?;
        Ok(th.str(&host(th, libc::AF_INET, &name)?.host().unwrap_or_default()))
    })
    .parsed(),
    native("getnameinfo", "(sockaddr, flags, /)", "Get host and port for a sockaddr.", get_name_info).parsed(),
    native("gethostname", "()", "Return the current host name.", |th, _| {
        let mut name = [0u8; 256];
        // SAFETY: room for so many bytes, the last of which stays zero.
        unsafe { libc::gethostname(name.as_mut_ptr().cast(), name.len() - 1) };
        let end = name.iter().position(|byte| *byte == 0).unwrap_or(0);
        Ok(th.str(&String::from_utf8_lossy(&name[..end])))
    }),
    native(
        "inet_aton",
        "(ip_addr, /)",
        "Convert an IP address in string format to the 32-bit packed form.",
        |th, args| {
            let text = c_text(th, &text(th, args[0], "inet_aton() argument")?.to_text())?;
            let mut address = libc::in_addr { s_addr: 0 };
            // SAFETY: a live text and room for the answer.
            if unsafe { inet_aton(text.as_ptr(), &mut address) } == 0 {
                return Err(th.raise(exception::Exc::OSError, "illegal IP address string passed to inet_aton"));
            }
            Ok(bytes::new(th, &address.s_addr.to_ne_bytes()))
        },
    ),
    native("inet_ntoa", "(packed_ip, /)", "Convert an IP address from 32-bit packed binary format.", |th, args| {
        match <[u8; 4]>::try_from(&*bytes::required(th, args[0])?) {
            Ok(octets) => Ok(th.str(&Ipv4Addr::from(octets).to_string())),
            Err(_) => Err(th.raise(exception::Exc::OSError, "packed IP wrong length for inet_ntoa")),
        }
    }),
    native("inet_pton", "(address_family, ip_string, /)", "Convert an IP address to a packed form.", |th, args| {
        let family = ops::index_i32(th, args[0])?;
        let host = text(th, args[1], "inet_pton() argument 2")?.to_text();
        let illegal = || th.raise(exception::Exc::OSError, "illegal IP address string passed to inet_pton");
        match family {
            libc::AF_INET => match host.parse::<Ipv4Addr>() {
                Ok(host) => Ok(bytes::new(th, &host.octets())),
                Err(_) => Err(illegal()),
            },
            libc::AF_INET6 => match host.parse::<Ipv6Addr>() {
                Ok(host) => Ok(bytes::new(th, &host.octets())),
                Err(_) => Err(illegal()),
            },
            _ => Err(exception::raise_errno(th, libc::EAFNOSUPPORT, &[])),
        }
    })
    .parsed(),
    native("inet_ntop", "(address_family, packed_ip, /)", "Convert a packed IP address to a string.", |th, args| {
        let family = ops::index_i32(th, args[0])?;
        let packed = bytes::required(th, args[1])?;
        let wrong = || th.value_error("invalid length of packed IP address string");
        let text = match family {
            libc::AF_INET => Ipv4Addr::from(<[u8; 4]>::try_from(&*packed).map_err(|_| wrong())?).to_string(),
            libc::AF_INET6 => Ipv6Addr::from(<[u8; 16]>::try_from(&*packed).map_err(|_| wrong())?).to_string(),
            family => return Err(th.value_error(format_args!("unknown address family {family}"))),
        };
        Ok(th.str(&text))
    })
    .parsed(),
    native("htons", "(integer, /)", "Convert a 16-bit unsigned integer from host to network byte order.", swap_16),
    native("ntohs", "(integer, /)", "Convert a 16-bit unsigned integer from network to host byte order.", swap_16),
    native("htonl", "(integer, /)", "Convert a 32-bit integer from host to network byte order.", swap_32),
    native("ntohl", "(integer, /)", "Convert a 32-bit integer from network to host byte order.", swap_32),
];

unsafe extern "C" {
    fn inet_aton(text: *const libc::c_char, address: *mut libc::in_addr) -> libc::c_int;
}

fn swap_16(th: &Thread, args: &[Value]) -> Result {
    match u16::try_from(natural(th, args[0])?) {
        Ok(number) => Ok(Value::small_int(number.to_be().into())),
        Err(_) => Err(th.overflow_error("Python int too large for C uint16_t")),
    }
}

fn swap_32(th: &Thread, args: &[Value]) -> Result {
    match u32::try_from(natural(th, args[0])?) {
        Ok(number) => Ok(Value::small_int(number.to_be().into())),
        Err(_) => Err(th.overflow_error("Python int too large for C uint32_t")),
    }
}

/// A number that is not negative; the largest there is for those beyond it.
fn natural(th: &Thread, value: Value) -> Result<i64> {
    let index = ops::index(th, value)?;
    let Some(number) = IntRef::of(index) else { return Ok(i64::MAX) };
    let number = number.to_i64().unwrap_or_else(|| if number.to_big() < 0.into() { -1 } else { i64::MAX });
    if number < 0 { Err(th.value_error("Cannot convert negative int")) } else { Ok(number) }
}

/// A number that may be missing.
fn number(th: &Thread, value: Value) -> Result<i32> {
    if value.is_empty() { Ok(0) } else { ops::index_i32(th, value) }
}

fn get_address_info(th: &Thread, args: &[Value]) -> Result {
    let name = if args[0].is_none() { None } else { Some(host_text(th, args[0])?) };
    let service = if args[1].is_none() {
        None
    } else if let Some(text) = args[1].as_str_cell() {
        crate::objects::str::codec::encode(th, text, None, None)?;
        Some(text.to_text())
    } else if let Some(content) = bytes::content(args[1]) {
        Some(String::from_utf8_lossy(&content).into_owned())
    } else if crate::objects::sequences::is_index(th, args[1]) {
        Some(ops::index_i64(th, args[1])?.to_string())
    } else {
        return Err(th.raise(exception::Exc::OSError, "Int or String expected"));
    };
    let wanted = Wanted {
        family: number(th, args[2])?,
        kind: number(th, args[3])?,
        protocol: number(th, args[4])?,
        flags: number(th, args[5])?,
    };
    if let Some(name) = &name {
        permit_name(th, name)?;
    }
    let host = name.as_ref().map(|name| c_text(th, name)).transpose()?;
    let service = service.map(|service| c_text(th, &service)).transpose()?;
    let entries = look_up(th, move || ask(host, service, wanted)).map_err(|number| gai_error(th, number))?;
    if let Some(name) = name {
        th.vm().gate().has_found(&name, entries.iter().filter_map(|entry| entry.address.host()));
    }
    let rows = th.list(&[]);
    let Some(list) = rows.downcast::<crate::objects::list::List>() else { return Ok(rows) };
    for entry in entries {
        let numbers = [entry.family, entry.kind, entry.protocol].map(|number| Value::small_int(number.into()));
        let row = [numbers[0], numbers[1], numbers[2], th.str(&entry.name), entry.address.show(th)];
        list.push(th, th.tuple(&row));
    }
    Ok(rows)
}

fn get_name_info(th: &Thread, args: &[Value]) -> Result {
    let flags = ops::index_i32(th, args[1])?;
    let items = args[0].downcast::<crate::objects::tuple::Tuple>().map(|tuple| tuple.items());
    let Some(items) = items else {
        return Err(th.type_error("getnameinfo() argument 1 must be a tuple"));
    };
    let address = numeric_address(th, items)?;
    let answer = look_up(th, move || {
        let (mut host, mut service) = ([0u8; 1025], [0u8; 32]);
        // SAFETY: a live address, and room for both texts with their sizes.
        let answer = unsafe {
            libc::getnameinfo(
                address.pointer(),
                address.len,
                host.as_mut_ptr().cast(),
                host.len() as libc::socklen_t,
                service.as_mut_ptr().cast(),
                service.len() as libc::socklen_t,
                flags,
            )
        };
        let text = |bytes: &[u8]| {
            let end = bytes.iter().position(|byte| *byte == 0).unwrap_or(bytes.len());
            String::from_utf8_lossy(&bytes[..end]).into_owned()
        };
        if answer == 0 { Ok((text(&host), text(&service))) } else { Err(answer) }
    });
    match answer {
        Ok((host, service)) => Ok(th.tuple(&[th.str(&host), th.str(&service)])),
        Err(number) => Err(gai_error(th, number)),
    }
}

/// The address in the tuple that a program gives to getnameinfo: of numbers only.
fn numeric_address(th: &Thread, items: &[Value]) -> Result<Address> {
    let illegal = || th.type_error("getnameinfo(): illegal sockaddr argument");
    let (2..=4, Some(name)) = (items.len(), items.first().and_then(|name| name.as_str_cell())) else {
        return Err(illegal());
    };
    let mut numbers = [0i64; 3];
    for (number, value) in numbers.iter_mut().zip(&items[1..]) {
        *number = ops::index_i64(th, *value)?;
    }
    let [port, flow, scope] = numbers;
    if !(0..=0xfffff).contains(&flow) {
        return Err(th.overflow_error("getnameinfo(): flowinfo must be 0-1048575."));
    }
    let (name, service) = (c_text(th, &name.to_text())?, c_text(th, &port.to_string())?);
    let wanted = Wanted { kind: libc::SOCK_DGRAM, flags: libc::AI_NUMERICHOST, ..Wanted::default() };
    let found = look_up(th, move || ask(Some(name), Some(service), wanted)).map_err(|number| gai_error(th, number))?;
    let [entry] = found.as_slice() else {
        return Err(th.raise(exception::Exc::OSError, "sockaddr resolved to multiple addresses"));
    };
    let address = match entry.family {
        libc::AF_INET if items.len() != 2 => {
            return Err(th.raise(exception::Exc::OSError, "IPv4 sockaddr must be 2 tuple"));
        }
        libc::AF_INET6 => {
            let found = entry.address.as_v6();
            let port = u16::from_be(found.sin6_port);
            Address::v6(Ipv6Addr::from(found.sin6_addr.s6_addr), port, flow as u32, scope as u32)
        }
        _ => entry.address,
    };
    permit(th, &address.host().unwrap_or_default(), &address)?;
    Ok(address)
}
