//! Protocol buffers, as far as writing them goes: fields one after another, each with its number and its kind.

/// A message that is being written.
#[derive(Clone, Debug, Default)]
pub struct Message(Vec<u8>);

const VARINT: u64 = 0;
const FIXED64: u64 = 1;
const LENGTH: u64 = 2;

impl Message {
    pub fn new() -> Message {
        Message::default()
    }

    pub fn bytes(&self) -> &[u8] {
        &self.0
    }

    pub fn into_bytes(self) -> Vec<u8> {
        self.0
    }

    fn varint(&mut self, mut value: u64) {
        while value >= 0x80 {
            self.0.push(value as u8 | 0x80);
            value >>= 7;
        }
        self.0.push(value as u8);
    }

    fn key(&mut self, field: u32, kind: u64) {
        self.varint(u64::from(field) << 3 | kind);
    }

    pub fn number(mut self, field: u32, value: u64) -> Message {
        self.key(field, VARINT);
        self.varint(value);
        self
    }

    pub fn fixed(mut self, field: u32, value: u64) -> Message {
        self.key(field, FIXED64);
        self.0.extend_from_slice(&value.to_le_bytes());
        self
    }

    pub fn text(self, field: u32, text: &str) -> Message {
        self.data(field, text.as_bytes())
    }

    pub fn message(self, field: u32, message: &Message) -> Message {
        self.data(field, &message.0)
    }

    fn data(mut self, field: u32, data: &[u8]) -> Message {
        self.key(field, LENGTH);
        self.varint(data.len() as u64);
        self.0.extend_from_slice(data);
        self
    }
}

#[cfg(test)]
mod tests {
    use super::Message;

    #[test]
    fn fields_are_written_as_the_specification_has_it() {
        // The examples of "Encoding" in the documentation of protocol buffers.
        assert_eq!(Message::new().number(1, 150).bytes(), [0x08, 0x96, 0x01]);
        assert_eq!(Message::new().text(2, "testing").bytes(), b"\x12\x07testing");
        assert_eq!(Message::new().message(3, &Message::new().number(1, 150)).bytes(), [0x1a, 0x03, 0x08, 0x96, 0x01]);
        assert_eq!(Message::new().fixed(1, 1).bytes(), [0x09, 1, 0, 0, 0, 0, 0, 0, 0]);
    }
}
