//! What the panes are made of.

mod chip;
mod copy;
mod dialog;
mod icon;
mod json;
mod menu;
mod search;
mod segmented;
mod select;
mod tabs;
mod typed;

pub(super) use chip::{Tone, chip, status_chip, tone_of};
pub(super) use copy::copy;
pub(super) use dialog::Dialog;
pub(super) use icon::{Shape, icon, small_icon};
pub(super) use json::json;
pub(super) use menu::{Item, Line, Menu};
pub(super) use search::{Search, search};
pub(super) use segmented::segmented;
pub(super) use select::Select;
pub(super) use tabs::tabs;
pub(super) use typed::{typed, typed_text};
