//! What a story is: steps, each with what it waits for.

use super::scene::Scene;
use crate::ui::act::Act;

/// A story.
pub(super) struct Tale {
    pub(super) title: &'static str,
    /// What it is about.
    pub(super) teaser: &'static str,
    pub(super) steps: &'static [Step],
    /// What is known at its end.
    pub(super) learnt: &'static str,
}

/// A step of a story.
pub(super) struct Step {
    pub(super) title: &'static str,
    /// What to do, and why.
    pub(super) text: &'static str,
    /// What it waits for, after "Waiting for".
    pub(super) wait: &'static str,
    /// Where that is done: selectors, each with how the text or name of the element begins. The
    /// first that is there.
    pub(super) places: &'static [(&'static str, &'static str)],
    /// Whether it is done.
    pub(super) done: fn(&Scene<'_>) -> bool,
    /// What does it; where something is missing, what comes before it.
    pub(super) hand: fn(&Scene<'_>) -> Vec<Act>,
}

/// All stories, in the order in which they are best told.
pub(super) const TALES: [Tale; 5] = [
    super::first::TALE,
    super::ending::TALE,
    super::conflict::TALE,
    super::polling::TALE,
    super::failing::TALE,
];

/// Where requests are made.
pub(super) const TRY_IT: &[(&str, &str)] = &[("#request button[part=try]", "")];
/// A call of the session that is selected.
pub(super) const GET: &[(&str, &str)] =
    &[("#sessions button", "Get"), ("#sessions .sess button", "")];
