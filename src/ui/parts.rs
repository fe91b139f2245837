//! What the panes are made of.

mod chip;
mod copy;
mod dialog;
mod field;
mod icon;
mod json;
mod menu;
mod more;
mod search;
mod segmented;
mod select;
mod tabs;

pub(super) use chip::{Tone, chip, status_chip, tone_of};
pub(super) use copy::copy;
pub(super) use dialog::Dialog;
pub(super) use field::{Field, field, typed, typed_text};
pub(super) use icon::{Shape, icon, small_icon};
pub(super) use json::json;
pub(super) use menu::{Item, Line, Menu};
pub(super) use more::{PAGE, more};
pub(super) use search::{Search, search};
pub(super) use segmented::segmented;
pub(super) use select::Select;
pub(super) use tabs::tabs;
