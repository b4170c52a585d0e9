//! What the line mode asks for, in place of the keys that lead there on the screen.

use crate::{
    facts::Load,
    jobs::Choice,
    model::{ImageId, InstanceId, Receiver, Region, Uin},
    rules::{Missing, Step, Verdict},
    tui::app::table::Tab,
};

/// A request.
#[derive(Debug, Clone, PartialEq)]
pub enum Request {
    /// Read everything in view again.
    Refresh,
    /// Connect to the profile with this index.
    Profile(usize),
    /// Read this again.
    Load(Load),
    /// Read those of these that were not read yet.
    LoadOnce(Vec<Load>),
    /// Read what a verdict lacks.
    LoadMissing(Vec<Missing>),
    /// Show the rows of a tab that match a filter.
    List(Tab, String),
    /// Select the last row of the screenful that begins at this index.
    ShowRows(usize),
    /// Complain that an accepted verdict, the second one, has become the first one.
    ComplainOfChange(Box<(Verdict, Verdict)>),
    /// Perform steps that were accepted, each after the one before it succeeded.
    Perform(Vec<Step>),
    /// The notice was printed.
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
    /// Copy an image to where its receivers need it, then share it.
    Share(ImageId),
    /// Copy an image.
    Copy(ImageId),
    /// Copy an image to one region that is chosen already.
    CopyTo(ImageId, Region),
    /// Make an instance from an image.
    Launch(ImageId),
    /// Make an image from an instance.
    Capture(InstanceId),
}

/// An answer to the share form. Answers that the rules refuse change nothing.
#[derive(Debug, Clone, PartialEq)]
pub enum ShareAnswer {
    /// Who gets the image.
    Receivers(Vec<Receiver>),
    /// In which regions.
    Regions(Vec<Region>),
    /// What becomes of a region that something stands in the way of.
    Choice(Region, Choice),
    /// Leave an account out in a region.
    Drop(Region, Uin),
    /// Accept the findings.
    Review,
    /// Accept the risk.
    Start,
}

/// An answer to the launch form.
#[derive(Debug, Clone, PartialEq)]
pub enum LaunchAnswer {
    /// Where; the copy that some regions need first is the asker's to make.
    Region(Region),
    /// The zone.
    Zone(String),
    /// Words that instance types have to match.
    Filter(String),
    /// The instance type.
    Type(String),
    /// The name of the instance.
    Name(String),
    /// VPC and subnet; empty for the default network.
    Network(String),
    /// Check what was chosen.
    Review,
    /// Accept the risk.
    Send,
}

/// An answer to the capture form.
#[derive(Debug, Clone, PartialEq)]
pub enum CaptureAnswer {
    /// The name of the image.
    Name(String),
    /// Its description.
    Description(String),
    /// Check what was entered.
    Review,
    /// Accept the risk.
    Send,
}
