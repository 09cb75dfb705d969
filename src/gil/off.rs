//! No lock: whoever wants to run, runs. What keeps built-in objects whole is then the objects' own locks (`heap`).

use std::sync::Arc;

use super::policy::{Evicted, Leaving, Policy, Rules, Took};
use super::thread::{GilThread, ThreadId};

pub(super) struct Off;

impl Policy for Off {
    fn take(&self, _: &Arc<GilThread>, _: &Rules) -> Result<Took, Evicted> {
        Ok(Took { from: None })
    }

    fn release(&self, _: &Arc<GilThread>, _: &Rules, _: Leaving) {}

    fn last_taker(&self) -> Option<ThreadId> {
        None
    }

    fn open(&self, _: Option<&Arc<GilThread>>, _: &Rules) {}

    fn retire(&self) {}

    fn evict(&self) {}

    fn frozen(&self, act: &mut dyn FnMut()) {
        act();
    }

    fn forget_waiters(&self) {}
}
