//! What the panes are made of.

mod chip;
mod copy;
mod field;
mod icon;
mod json;
mod more;
mod segmented;
mod select;

pub(super) use chip::{Chip, Tone, tone_of};
pub(super) use copy::Copy;
pub(super) use field::Field;
pub(super) use icon::{Icon, Shape};
pub(super) use json::Json;
pub(super) use more::{More, PAGE};
pub(super) use segmented::Segmented;
pub(super) use select::Select;
