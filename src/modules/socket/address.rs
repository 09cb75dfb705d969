//! Addresses of sockets: a pair of host and port, four for IPv6, a path for Unix sockets; and the gate's question about them.

use std::ffi::{CString, OsStr};
use std::mem;
use std::net::{Ipv4Addr, Ipv6Addr};
use std::os::unix::ffi::OsStrExt;
use std::path::PathBuf;

use crate::heap::Value;
use crate::modules::io::path;
use crate::objects::tuple::Tuple;
use crate::objects::{bytes, exception};
use crate::vm::native::Result;
use crate::vm::thread::Reason;
use crate::vm::{Raised, Thread, ops};

use super::resolve;

/// An address as the system has it.
#[derive(Clone, Copy)]
pub struct Address {
    pub storage: libc::sockaddr_storage,
    pub len: libc::socklen_t,
}

impl Address {
    /// Room for an address that the system fills in.
    pub fn room() -> Address {
        // SAFETY: the structure is plain numbers, for which zeros are valid.
        let storage = unsafe { mem::zeroed() };
        Address { storage, len: mem::size_of::<libc::sockaddr_storage>() as libc::socklen_t }
    }

    fn of<T>(address: T) -> Address {
        const { assert!(mem::size_of::<T>() <= mem::size_of::<libc::sockaddr_storage>()) };
        let mut made = Address::room();
        // SAFETY: every kind of address fits into the storage, which is aligned for all of them.
        unsafe { std::ptr::write((&raw mut made.storage).cast::<T>(), address) };
        made.len = mem::size_of::<T>() as libc::socklen_t;
        made
    }

    /// The bytes of an address that the system has made.
    ///
    /// # Safety
    /// `address` points to `len` bytes of one.
    pub unsafe fn copied(address: *const libc::sockaddr, len: libc::socklen_t) -> Address {
        let mut made = Address::room();
        let len = (len as usize).min(mem::size_of::<libc::sockaddr_storage>());
        // SAFETY: both places have so many bytes, by the caller's word and by the minimum.
        unsafe { std::ptr::copy_nonoverlapping(address.cast::<u8>(), (&raw mut made.storage).cast::<u8>(), len) };
        made.len = len as libc::socklen_t;
        made
    }

    pub fn v4(host: Ipv4Addr, port: u16) -> Address {
        // SAFETY: plain numbers, for which zeros are valid.
        let mut address: libc::sockaddr_in = unsafe { mem::zeroed() };
        address.sin_family = libc::AF_INET as libc::sa_family_t;
        address.sin_port = port.to_be();
        address.sin_addr.s_addr = u32::from(host).to_be();
        Address::of(address)
    }

    pub fn v6(host: Ipv6Addr, port: u16, flow: u32, scope: u32) -> Address {
        // SAFETY: plain numbers, for which zeros are valid.
        let mut address: libc::sockaddr_in6 = unsafe { mem::zeroed() };
        address.sin6_family = libc::AF_INET6 as libc::sa_family_t;
        address.sin6_port = port.to_be();
        address.sin6_flowinfo = flow.to_be();
        address.sin6_addr.s6_addr = host.octets();
        address.sin6_scope_id = scope;
        Address::of(address)
    }

    /// `None` if the path is too long. One that opens with a zero byte is a name that has no file.
    fn unix(path: &[u8]) -> Option<Address> {
        // SAFETY: plain numbers, for which zeros are valid.
        let mut address: libc::sockaddr_un = unsafe { mem::zeroed() };
        address.sun_family = libc::AF_UNIX as libc::sa_family_t;
        // Without a path the system finds a name.
        let is_name = path.first().is_none_or(|first| *first == 0);
        if path.len() + usize::from(!is_name) > address.sun_path.len() {
            return None;
        }
        for (to, from) in address.sun_path.iter_mut().zip(path) {
            *to = *from as libc::c_char;
        }
        let mut made = Address::of(address);
        let before = mem::offset_of!(libc::sockaddr_un, sun_path);
        made.len = (before + path.len() + usize::from(!is_name)) as libc::socklen_t;
        Some(made)
    }

    pub fn pointer(&self) -> *const libc::sockaddr {
        (&raw const self.storage).cast()
    }

    pub fn pointer_mut(&mut self) -> *mut libc::sockaddr {
        (&raw mut self.storage).cast()
    }

    pub fn family(&self) -> i32 {
        i32::from(self.storage.ss_family)
    }

    fn as_v4(&self) -> libc::sockaddr_in {
        // SAFETY: the storage is larger and aligned for it; any bytes are valid numbers.
        unsafe { *(&raw const self.storage).cast() }
    }

    pub fn as_v6(&self) -> libc::sockaddr_in6 {
        // SAFETY: as above.
        unsafe { *(&raw const self.storage).cast() }
    }

    /// The host in numbers, for the gate; nothing for what has none.
    pub fn host(&self) -> Option<String> {
        match self.family() {
            libc::AF_INET => Some(Ipv4Addr::from(u32::from_be(self.as_v4().sin_addr.s_addr)).to_string()),
            libc::AF_INET6 => Some(Ipv6Addr::from(self.as_v6().sin6_addr.s6_addr).to_string()),
            _ => None,
        }
    }

    /// The file that a Unix socket's address names; nothing for other addresses.
    pub fn file(&self) -> Option<PathBuf> {
        if self.family() != libc::AF_UNIX {
            return None;
        }
        let path = self.unix_path();
        let end = path.iter().position(|byte| *byte == 0).unwrap_or(path.len());
        (end > 0).then(|| PathBuf::from(OsStr::from_bytes(&path[..end])))
    }

    fn unix_path(&self) -> &[u8] {
        let before = mem::offset_of!(libc::sockaddr_un, sun_path);
        // SAFETY: the storage has as many bytes as `len` says, or more.
        let all = unsafe { std::slice::from_raw_parts((&raw const self.storage).cast::<u8>(), self.len as usize) };
        all.get(before..).unwrap_or_default()
    }

    /// The address as Python has it; None where there is none, as with a socket pair's.
    pub fn show(&self, th: &Thread) -> Value {
        if self.len == 0 {
            return Value::NONE;
        }
        match self.family() {
            libc::AF_INET => {
                let port = u16::from_be(self.as_v4().sin_port);
                th.tuple(&[self.shown_host(th), Value::small_int(port.into())])
            }
            libc::AF_INET6 => {
                let address = self.as_v6();
                let numbers = [
                    u32::from(u16::from_be(address.sin6_port)),
                    u32::from_be(address.sin6_flowinfo),
                    address.sin6_scope_id,
                ];
                let [port, flow, scope] = numbers.map(|number| Value::small_int(number.into()));
                th.tuple(&[self.shown_host(th), port, flow, scope])
            }
            libc::AF_UNIX => self.show_unix(th),
            family => th.tuple(&[Value::small_int(family.into())]),
        }
    }

    fn shown_host(&self, th: &Thread) -> Value {
        th.str(&self.host().unwrap_or_default())
    }

    fn show_unix(&self, th: &Thread) -> Value {
        let path = self.unix_path();
        if path.first() == Some(&0) {
            return bytes::new(th, path);
        }
        let end = path.iter().position(|byte| *byte == 0).unwrap_or(path.len());
        path::decode(th, &path[..end])
    }
}

/// The address that a program gives to `function`, names looked up; whether it may be used, the gate has been asked.
pub fn parse(th: &Thread, family: i32, value: Value, function: &str) -> Result<Address> {
    match family {
        libc::AF_INET => {
            let items = items(th, value, "AF_INET", function)?;
            let [host, port] = items else {
                return Err(th.type_error("AF_INET address must be a pair (host, port)"));
            };
            let host = host_text(th, *host)?;
            let port = port_number(th, *port, function)?;
            let mut address = resolve::host(th, libc::AF_INET, &host)?;
            address = Address::v4(Ipv4Addr::from(u32::from_be(address.as_v4().sin_addr.s_addr)), port);
            permit(th, &host, &address)?;
            Ok(address)
        }
        libc::AF_INET6 => {
            let items = items(th, value, "AF_INET6", function)?;
            if !(2..=4).contains(&items.len()) {
                return Err(th.type_error("AF_INET6 address must be a tuple (host, port[, flowinfo[, scopeid]])"));
            }
            let host = host_text(th, items[0])?;
            let port = port_number(th, items[1], function)?;
            let number = |at: usize| items.get(at).map_or(Ok(0), |v| ops::index_i64(th, *v));
            let (flow, scope) = (number(2)?, number(3)?);
            if !(0..=0xfffff).contains(&flow) {
                return Err(th.overflow_error(format_args!("{function}(): flowinfo must be 0-1048575.")));
            }
            let found = resolve::host(th, libc::AF_INET6, &host)?.as_v6();
            let scope = if items.len() == 4 { scope as u32 } else { found.sin6_scope_id };
            let address = Address::v6(Ipv6Addr::from(found.sin6_addr.s6_addr), port, flow as u32, scope);
            permit(th, &host, &address)?;
            Ok(address)
        }
        libc::AF_UNIX => {
            let path = match value.as_str_cell() {
                Some(text) => path::encode(th, text)?,
                None => bytes::required(th, value)?.into_owned(),
            };
            let address =
                Address::unix(&path).ok_or_else(|| th.raise(exception::Exc::OSError, "AF_UNIX path too long"))?;
            permit(th, &String::from_utf8_lossy(&path), &address)?;
            Ok(address)
        }
        _ => Err(th.raise(exception::Exc::OSError, format_args!("{function}(): bad family"))),
    }
}

fn items<'a>(th: &Thread, value: Value, family: &str, function: &str) -> Result<&'a [Value]> {
    match value.downcast::<Tuple>() {
        Some(tuple) => Ok(tuple.items()),
        None => {
            let found = th.type_name(value);
            Err(th.type_error(format_args!("{function}(): {family} address must be tuple, not {found}")))
        }
    }
}

fn port_number(th: &Thread, value: Value, function: &str) -> Result<u16> {
    let number = ops::index_i64(th, value)?;
    u16::try_from(number).map_err(|_| th.overflow_error(format_args!("{function}(): port must be 0-65535.")))
}

/// A host's name: a string, or bytes.
pub fn host_text(th: &Thread, value: Value) -> Result<String> {
    if let Some(text) = value.as_str_cell() {
        return without_zero(th, text.to_text());
    }
    match bytes::content(value) {
        Some(content) => without_zero(th, String::from_utf8_lossy(&content).into_owned()),
        None => {
            let found = th.type_name(value);
            Err(th.type_error(format_args!("str, bytes or bytearray expected, not {found}")))
        }
    }
}

fn without_zero(th: &Thread, text: String) -> Result<String> {
    if text.contains('\0') {
        return Err(th.type_error("host name must not contain null character"));
    }
    Ok(text)
}

pub fn c_text(th: &Thread, text: &str) -> Result<CString> {
    CString::new(text).map_err(|_| th.value_error("embedded null character"))
}

/// Asks the gate for a host by the name that the program gave, or else by its number.
pub fn permit(th: &Thread, name: &str, address: &Address) -> Result<()> {
    let gate = th.vm().gate();
    match gate.may_connect(name) {
        Ok(()) => Ok(()),
        Err(refused) => match address.host() {
            Some(number) if gate.may_connect(&number).is_ok() => Ok(()),
            _ => Err(exception::raise_refused(th, &refused, &[th.str(name)])),
        },
    }
}

/// Runs a look-up that may take its time.
pub fn look_up<R: Send>(th: &Thread, call: impl FnOnce() -> R + Send) -> R {
    th.detached(Reason::Io, call)
}

/// What the system said, as an exception.
pub fn failed(th: &Thread, error: &std::io::Error) -> Raised {
    exception::raise_os_error(th, error, None)
}
