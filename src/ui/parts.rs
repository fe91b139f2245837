//! What the panes are made of.

mod chip;
mod copy;
mod field;
mod icon;
mod json;
mod more;
mod segmented;
mod select;

pub(super) use chip::{Tone, chip, status_chip, tone_of};
pub(super) use copy::copy;
pub(super) use field::{Field, field, typed};
pub(super) use icon::{Shape, icon, small_icon};
pub(super) use json::json;
pub(super) use more::{PAGE, more};
pub(super) use segmented::segmented;
pub(super) use select::Select;
