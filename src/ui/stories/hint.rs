//! What may stand in a reader's way, where the last answer was a refusal.

use super::scene::{Kind, Scene, kind_of};

/// A word on the newest create, if it was refused.
pub(super) fn hint(scene: &Scene<'_>) -> Option<&'static str> {
    let newest = scene.traffic.first()?;
    if kind_of(newest) != Some(Kind::Create) {
        return None;
    }
    if newest.fault.is_some() {
        return Some("A fault is on: clear it in the settings, or skip this step.");
    }
    match newest.status() {
        200..300 => None,
        401 => Some("401: put mock_sandbox_access_token into Access token."),
        409 => {
            Some("409: an older session is in the way. Change a port, or let it be done for you.")
        }
        _ if newest.scenario.is_some() => {
            Some("The scenario answers this. Set New sessions are to Granted after 2 s.")
        }
        _ => Some("It was refused: the explanation beside the answer says why."),
    }
}
