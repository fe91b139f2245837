//! All that a person can do from the console. Panes say what is to be done; `doer` does it.

use std::rc::Rc;
use std::time::Duration;

use yew::{AttrValue, Callback};

use super::receiver_field::Choice;
use super::request::arrange::Need;
use super::shared::Shared;
use crate::api::Operation;
use crate::driver::{Mark, Speed};
use crate::engine::{KnownDeviceId, NetworkAct, SessionId};
use crate::http::Request;
use crate::sandbox::{Exchange, FaultId, Receiver, ReceiverId, Setting};
use crate::time::Instant;

/// Something that a person does.
#[derive(Clone)]
pub(super) enum Act {
    /// Makes a request, with the credentials chosen unless it has some.
    Send(Request),
    /// The same, with a way back that is offered in these words.
    SendUndoable(Request, AttrValue),
    /// Makes the request of the example.
    SendExample,
    /// Puts a request into the form, to be changed and sent.
    Edit(Rc<Request>),
    /// Puts an identifier of a device into the form: the member of `Device`, and its value.
    UseTestValue(AttrValue, AttrValue),
    /// Gets an access token of client credentials for that scope, or for all if it is empty, and
    /// chooses it.
    Mint(&'static str),
    /// Makes what an example needs.
    Arrange(Need),
    /// A request as a cURL command into the clipboard.
    CopyCurl(Rc<Request>),
    /// Chooses the access token of requests from now on; none if it is empty.
    Credential(AttrValue),
    /// Lets the network do something to a session.
    Network(SessionId, NetworkAct),

    Pause,
    Run,
    Speed(Speed),
    /// To the next thing that happens by itself.
    Next,
    Advance(Duration),
    /// Lets pass what went by at once, and runs on.
    CatchUp(Duration),
    /// Back to an earlier moment, or forth in what was left for one.
    Rewind(Instant),
    /// To the branch that was left when time was set back.
    Return,

    Configure(Setting),
    RemoveFault(FaultId),
    ClearFaults,
    RemoveDevice(KnownDeviceId),
    /// Chooses who gets notifications.
    Receive(Choice),
    AddReceiver(Receiver),
    RemoveReceiver(ReceiverId),
    /// Delivers a notification once more.
    Redeliver(AttrValue),

    /// Back to the start.
    Reset,
    /// Back to a mark.
    Undo(Rc<Mark>),
    /// A link to the run into the clipboard.
    Share,
    /// The run as a file of that format.
    Export(&'static str),
    /// Opens the run of a file; what it would take the place of is asked about first.
    Import,
    /// The same with the run of the page's address.
    OpenLink,
    /// Plays the run that was opened.
    Replace,
    /// Leaves what is here as it is.
    Keep,
    /// Shows the run in a console that fills a page of its own.
    OpenConsole,
    /// A text into the clipboard; the second says what it is.
    Copy(AttrValue, AttrValue),

    /// Goes to an operation's form.
    Operate(Operation),
    /// Shows a session's details, or none.
    Select(Option<SessionId>),
    /// Opens a notification, or closes the one that is open.
    Read(Option<AttrValue>),
    /// Shows an answer.
    Show(Shared<Exchange>),
    /// Shows only notifications with that text.
    Filter(AttrValue),
    /// Hides the requests up to now, or shows them again.
    ClearTraffic(bool),
    Open(Open),
    Close,
    HideToast,
    /// Says that something failed which nobody here has done.
    Warn(AttrValue),
    SwitchTheme,
    /// Begins a guided story, or ends the one that is told.
    Tell(Option<usize>),
}

impl Act {
    /// Whether it changes nothing but what is looked at.
    pub(super) const fn only_looks(&self) -> bool {
        matches!(
            self,
            Self::Operate(_)
                | Self::Select(_)
                | Self::Read(_)
                | Self::Show(_)
                | Self::Filter(_)
                | Self::Open(_)
                | Self::Close
                | Self::HideToast
                | Self::Warn(_)
                | Self::SwitchTheme
                | Self::Tell(_)
        )
    }
}

/// Has that done, whatever the event is like.
pub(super) fn doing<E: 'static>(on_act: &Callback<Act>, act: Act) -> Callback<E> {
    on_act.reform(move |_| act.clone())
}

/// What is open over the page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Open {
    /// The list of keys.
    Keys,
    Settings,
    /// Who gets notifications, and how they are delivered.
    Receivers,
    TestValues,
    /// The link to the run, to be copied by hand.
    Link,
    /// The choice of guided stories.
    Stories,
    /// Whether a run is to take the place of what is here.
    Offer,
}
