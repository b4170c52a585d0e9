//! The requests of the line mode, which replace the keys of the screen.

use crate::{
    facts::Load,
    jobs::Choice,
    model::{ImageId, InstanceId, Receiver, Region, Uin},
    rules::{Missing, Step, Verdict},
    tui::app::table::Tab,
};

/// A request of the line mode.
#[derive(Debug, Clone, PartialEq)]
pub enum Request {
    /// Read everything in view again.
    Refresh,
    /// Switch to the profile with this index.
    Profile(usize),
    /// Read this again.
    Load(Load),
    /// Read those that were not read yet.
    LoadOnce(Vec<Load>),
    /// Read what a verdict lacks.
    LoadMissing(Vec<Missing>),
    /// Show the rows of a tab that match a filter.
    List(Tab, String),
    /// Select the last row of the screenful that starts at this index.
    ShowRows(usize),
    /// Report that an accepted verdict (the second) has changed to the first.
    ComplainOfChange(Box<(Verdict, Verdict)>),
    /// Perform accepted steps, each after the previous one succeeded.
    Perform(Vec<Step>),
    /// Clear the notice, which was printed.
    ClearNotice,
    /// Open a form.
    Open(Form),
    /// Close the form on top.
    Close,
    /// Answer the share form on top.
    Share(ShareAnswer),
    /// Answer the launch form on top.
    Launch(LaunchAnswer),
    /// Answer the capture form on top.
    Capture(CaptureAnswer),
}

/// A form.
#[derive(Debug, Clone, PartialEq)]
pub enum Form {
    /// Copy an image to the regions of its receivers, then share it.
    Share(ImageId),
    /// Copy an image.
    Copy(ImageId),
    /// Copy an image to this region.
    CopyTo(ImageId, Region),
    /// Launch an instance from an image.
    Launch(ImageId),
    /// Make an image from an instance.
    Capture(InstanceId),
}

/// An answer to the share form. An answer that the rules refuse changes nothing.
#[derive(Debug, Clone, PartialEq)]
pub enum ShareAnswer {
    /// The receivers.
    Receivers(Vec<Receiver>),
    /// The regions.
    Regions(Vec<Region>),
    /// What to do about a region with a problem.
    Choice(Region, Choice),
    /// Remove an account from a region.
    Drop(Region, Uin),
    /// Accept the findings.
    Review,
    /// Accept the risk.
    Start,
}

/// An answer to the launch form.
#[derive(Debug, Clone, PartialEq)]
pub enum LaunchAnswer {
    /// The region. Whoever answers has to make the copy that the region may need first.
    Region(Region),
    /// The zone.
    Zone(String),
    /// Words that instance types have to match.
    Filter(String),
    /// The instance type.
    Type(String),
    /// The name of the instance.
    Name(String),
    /// VPC and subnet. Empty for the default network.
    Network(String),
    /// Check the choices.
    Review,
    /// Accept the risk.
    Send,
}

/// An answer to the capture form.
#[derive(Debug, Clone, PartialEq)]
pub enum CaptureAnswer {
    /// The name of the image.
    Name(String),
    /// The description of the image.
    Description(String),
    /// Check the fields.
    Review,
    /// Accept the risk.
    Send,
}
