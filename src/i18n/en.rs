//! English.

use crate::{
    i18n::table::{Words, table},
    rules::Code,
};

table! {
    ShareLimit:
        [
            "{new} new would make {total} in {region}; an image can be shared with {limit:account}.",
            "{new} new would make {total}; this image can be shared with {limit:account}.",
            "It is shared with {shared:account} already; an image can be shared with {limit}.",
            "This image cannot be shared with more accounts.",
        ]
        [
            "{new} new would make {total} of {limit:account}",
            "shared with {shared} of {limit:account}",
            "it cannot be shared with more accounts",
        ]
        [
            "drop some receivers, cancel shares that are no longer needed, or go by the newer pages, which say {newer} \
             (--rules current, or rules = \"current\" in the profile)",
            "drop some receivers, or cancel shares that are no longer needed",
        ];
    ShareReceived:
        [
            "Only its owner, {owner_name}, can share {name} on.",
            "Another account shared {name} with you; only its owner can share it on.",
            "Only the image's owner can share it on.",
        ]
        ["only its owner, {owner_name}, can share it on", "only its owner can share it on"]
        ["ask the owner to share it with them; a text for that can be copied"];
    SharePublic:
        ["Public images are everyone's already.", ]
        ["public images are everyone's already"]
        ["nothing to do: give the receiver the image's ID"];
    ShareOtherRegion:
        [
            "{accounts} would need it in {region}, and an image is shared in its own region, {from}. Copy it to {region} \
             first, then share the copy.",
            "An image is shared in its own region. Copy it to the region where it is needed, then share the copy.",
        ]
        [
            "shared only in {from}; copy it to {region} first",
            "it is shared only in its own region; copy it first",
        ]
        ["copy it to {to}, wait, then share the copy", "copy it there, wait, then share the copy"];
    ShareNotNormal:
        [
            "In {region} the copy {name} is {state}, {percent} % done; it can be shared once it is NORMAL.",
            "In {region} the copy {name} is {state}; it can be shared only while it is NORMAL.",
            "{name} is {state}, {percent} % done; it can be shared once it is NORMAL.",
            "{name} is {state}; it can be shared only while it is NORMAL.",
            "The image can be shared only while it is NORMAL.",
        ]
        ["it is {state}, {percent} % done", "it is {state}, not NORMAL", "it is not NORMAL"]
        ["{?wait}wait until it is NORMAL", "delete it and make it again"];
    ShareSelf:
        [
            "{account} is your own account: it needs no share. To have the image in {region}, copy it there.",
            "{account} is your own account: it needs no share.",
            "An image needs no share with your own account.",
        ]
        [
            "{account} is you; for {region}, copy it there",
            "{account} is your own account",
            "your own account needs no share",
        ]
        ["copy it to {to}", "leave your own account out"];
    ShareAccountForm:
        [
            "{?email}\"{text}\" is an e-mail address, and an account ID is digits only. The receiver finds it in the console \
             under Account Information.",
            "{?bad_region}\"{text}\" does not end in a region code such as ap-guangzhou.",
            "{?digits}\"{text}\" is no account ID; QQ numbers and AppIds are not account IDs either. The receiver finds it in \
             the console under Account Information.",
            "\"{text}\" is no account ID: digits only, such as 100000000001. The receiver finds it in the console under \
             Account Information.",
            "There is no such account. E-mail addresses, QQ numbers and AppIds are not account IDs; the receiver finds \
             the account ID in the console under Account Information.",
        ]
        [
            "{?bad_region}\"{text}\": no such region code",
            "\"{text}\" is no account ID",
            "there is no such account ID",
        ]
        ["use {suggestion}", "enter the receiver's account ID"];
    ShareSubAccount:
        [
            "{account_name} is a sub-account ({account}); images are shared with main accounts.",
            "Images are shared with main accounts, and this is a sub-account.",
        ]
        ["{account} is a sub-account", "it is a sub-account; share with its main one"]
        ["ask the receiver for the ID of their main account"];
    ShareNotKnown:
        [
            "{account} is not in the address book, and this profile shares only with accounts that are.",
            "The account is not in the address book, and this profile shares only with accounts that are.",
        ]
        ["{account} is not in the address book", "the account is not in the address book"]
        ["add it to the address book; in the console t does it"];
    ShareAlready:
        [
            "{accounts} can use it already, since {since}.",
            "{accounts} can use it already.",
            "It is shared with this account already.",
        ]
        ["shared with {accounts} since {since}", "shared with {accounts} already", "it is shared already"]
        ["nothing to do"];
    ShareEncrypted:
        ["{name} is encrypted, and encrypted images cannot be shared.", "Encrypted images cannot be shared."]
        ["it is encrypted; encrypted images are not shared"]
        ["make an unencrypted image of the same system, and share that"];
    ShareByol:
        [
            "{name} holds a licence that you brought yourself (BYOL); such images cannot be shared.",
            "Images with a licence that you brought yourself (BYOL) cannot be shared.",
        ]
        ["it holds your own licence (BYOL)"]
        ["make an image without that licence, and share that"];
    ShareWholeMachine:
        [
            "{name} is an image of a whole machine, data disks and all; such images cannot be shared.",
            "Images of a whole machine, data disks and all, cannot be shared.",
        ]
        ["it is an image of a whole machine"]
        ["make an image of the system disk alone, and share that"];
    ShareLeak:
        [
            "Whoever gets {name} can read all that is on it, launch it, make new images from it and pass those on. Cancelling \
             the share later does not bring the data back.",
            "Whoever gets the image can read all that is on it, launch it, make new images from it and pass those on. \
             Cancelling the share later does not bring the data back.",
        ]
        ["asks you to accept the risk of leaks"]
        [];
    CopyReceived:
        [
            "{name} belongs to {owner_name} and stays in {from}; it cannot be copied to {region}.",
            "{name} belongs to another account and stays in {from}; it cannot be copied to {region}.",
            "{name} belongs to {owner_name} and stays in {from}.",
            "{name} belongs to another account and stays in {from}.",
            "A received image stays in its region.",
        ]
        ["a received image stays in {from}", "a received image stays in its region"]
        ["ask the owner to copy it there and to share that copy; a text for that can be copied"];
    CopyReceivedOwn:
        [
            "{name} can be copied within {region} only. The copy is an image of your own: it counts to your quota and is \
             yours to share.",
            "The copy is an image of your own: it counts to your quota and is yours to share.",
        ]
        ["the copy counts to your quota and is yours to share"]
        [];
    CopyUntrusted:
        [
            "{owner_name} is not an account you trust, and nobody has checked {name}. Use images of accounts you trust.",
            "The owner of {name} is not known, and nobody has checked it. Use images of accounts you trust.",
            "Nobody has checked this image. Use images of accounts you trust.",
        ]
        [
            "only within {region}; {owner_name} is not trusted",
            "only within {region}; its owner is not known",
            "its owner is not trusted; nobody has checked it",
        ]
        ["trust the account, if you do, then copy"];
    CopyPublic:
        ["{name} is public; only custom images can be copied.", "Only custom images can be copied."]
        ["only custom images can be copied"]
        ["launch an instance from it, then make an image of your own from that"];
    CopyNotNormal:
        [
            "{name} is {state}, {percent} % done; it can be copied once it is NORMAL.",
            "{name} is {state}; it can be copied only while it is NORMAL.",
            "The image can be copied only while it is NORMAL.",
        ]
        ["it is {state}, {percent} % done", "it is {state}, not NORMAL", "it is not NORMAL"]
        ["{?wait}wait until it is NORMAL", "delete it and make it again"];
    CopySameRegion:
        ["{name} is in {region} already.", "It is there already: that is its own region."]
        ["it is in {region} already", "it is there already"]
        ["share it there as it is, or choose another region"];
    CopyCrossBorder:
        [
            "{from} and {region} lie on different sides: {mainland} is in mainland China and the other is not. Images cross \
             that border only with the help of the vendor's support.",
            "Images cross the border of mainland China only with the help of the vendor's support.",
        ]
        ["{region} is across the mainland's border", "it would cross the mainland's border"]
        ["ask the vendor's support, or choose a region on the same side"];
    CopyFinance:
        [
            "{finance} is a finance region; images are copied between finance regions only, not from {from} to {region}.",
            "Images are copied between finance regions only.",
        ]
        ["{finance} is a finance region, apart from others", "finance regions stand apart"]
        ["ask the vendor's support, or choose a region of the same kind"];
    CopyNoCopyRegion:
        ["{region} takes no copies of images.", "This region takes no copies of this image."]
        ["{region} takes no copies", "the region takes no copies of it"]
        ["choose another region"];
    CopyNameTaken:
        [
            "{region} has an own image called {name} already ({image}).",
            "There is an own image of that name already.",
        ]
        ["the name is taken in {region} by {image}", "the name is taken there"]
        ["use another name, such as {suggestion}", "use another name"];
    CopyNameLength:
        [
            "The name has {length:character}; at most {limit} are possible.",
            "The name is too long.",
        ]
        ["the name has {length} of {limit:character}", "the name is too long"]
        ["shorten the name"];
    CopyDescriptionLength:
        [
            "The description has {length:character}; at most {limit} are possible.",
            "The description is too long.",
        ]
        ["the description has {length} of {limit:character}", "the description is too long"]
        ["shorten the description"];
    CopyQuota:
        [
            "{region} has {own} of {quota:own image}: no room for one more. Oldest and not shared there: {oldest}.",
            "{region} has {own} of {quota:own image}: no room for one more.",
            "The region has no room for one more own image.",
        ]
        ["{region} is full: {own} of {quota:image}", "the region is full"]
        [
            "delete an image there that is no longer needed, or go by the newer pages, which say {newer} \
             (--rules current, or rules = \"current\" in the profile)",
            "delete an image there that is no longer needed, or ask for a higher quota",
        ];
    CopyEncrypted:
        [
            "{name} is encrypted, and encrypted images stay in their region.",
            "Encrypted images stay in their region.",
        ]
        ["it is encrypted; such images stay in their region"]
        ["make an unencrypted image of the same system, and copy that"];
    CopyWholeMachine:
        [
            "{name} is an image of a whole machine, data disks and all; such images cannot be copied.",
            "Images of a whole machine, data disks and all, cannot be copied.",
        ]
        ["it is an image of a whole machine"]
        ["make an image of the system disk alone, and copy that"];
    CopyStorage:
        [
            "Copying is free; keeping the copies' snapshots is billed: {size_gib} GiB in {regions:region}, {total_gib} GiB.",
            "Copying is free; keeping a copy's snapshot is billed: {size_gib} GiB a region.",
            "Copying is free; keeping a copy's snapshot is billed.",
        ]
        [
            "snapshots are billed: {total_gib} GiB in {regions:region}",
            "snapshots are billed: {size_gib} GiB a region",
            "the copy's snapshot is billed",
        ]
        [];
    UnshareNone:
        [
            "{?received}{name} is another account's image; its shares are the owner's.",
            "{?public}{name} is public; there are no shares to cancel.",
            "{name} is not shared with {accounts}: nothing to cancel.",
            "{name} is shared with nobody: nothing to cancel.",
            "There is no share of yours to cancel.",
        ]
        [
            "{?received}its shares are the owner's",
            "it is not shared with {accounts}",
            "shared with nobody; nothing to cancel",
        ]
        ["nothing to do"];
    UnshareNotNormal:
        [
            "{name} is {state}, {percent} % done; its shares can be cancelled once it is NORMAL.",
            "{name} is {state}; its shares can be cancelled only while it is NORMAL.",
            "Shares can be cancelled only while the image is NORMAL.",
        ]
        ["it is {state}, {percent} % done", "it is {state}, not NORMAL", "it is not NORMAL"]
        ["{?wait}wait until it is NORMAL", "nothing to do"];
    UnshareLivesOn:
        [
            "Instances that the receiver made from {name} keep running, and images made from those stay theirs. What ends: \
             they can no longer see or launch it.",
            "Instances that the receiver made keep running, and images made from those stay theirs. What ends: they can no \
             longer see or launch the image.",
        ]
        ["what the receiver made from it lives on"]
        [];
    UnshareForeign:
        [
            "The share with {accounts} was not made from here: somebody else made it, since {since}.",
            "The share with {accounts} was not made from here: somebody else made it.",
            "The share was not made from here: somebody else made it.",
        ]
        ["somebody else shared it with {accounts}", "somebody else made the share"]
        [];
    DeleteShared:
        [
            "{name} is shared with {shared:account}; cancel all shares first.",
            "The image is shared; cancel all shares first.",
        ]
        ["shared with {shared:account}; cancel all shares first", "it is shared; cancel all shares first"]
        ["cancel all shares, then delete"];
    DeleteReceived:
        [
            "{name} belongs to {owner_name}; only the owner can delete it.",
            "{name} belongs to another account; only its owner can delete it.",
            "Only the image's owner can delete it.",
        ]
        ["only its owner, {owner_name}, can delete it", "only its owner can delete it"]
        ["hide it here, or ask the owner to cancel the share; a text for that can be copied"];
    DeletePublic:
        ["{name} is public and cannot be deleted.", "Public images cannot be deleted."]
        ["public images cannot be deleted"]
        ["nothing to do"];
    DeleteBusy:
        [
            "{name} is {state}, {percent} % done; it can be deleted afterwards.",
            "{name} is {state}; it can be deleted afterwards.",
            "The image is busy; it can be deleted afterwards.",
        ]
        ["it is {state}, {percent} % done", "it is {state}", "it is busy"]
        ["wait until that is done"];
    DeleteJob:
        ["{name} is in use by job {job}.", "The image is in use by a job."]
        ["in use by job {job}", "in use by a job"]
        ["open the job, and wait for it or stop it"];
    DeleteInstances:
        [
            "{instances:instance} runs from {name}; they go on running.",
            "Instances made from it go on running.",
        ]
        ["{instances:instance} made from it; they go on", "instances made from it go on"]
        [];
    DeleteSnapshots:
        [
            "{?deleted}{snapshots:snapshot} of {total_gib} GiB will be deleted with it.",
            "{?kept}{snapshots:snapshot} of {total_gib} GiB will stay, and be billed, unless deleted with it.",
            "Its snapshots stay, and are billed, unless deleted with it.",
        ]
        [
            "{?deleted}deletes {snapshots:snapshot} too, {total_gib} GiB",
            "{?kept}{snapshots:snapshot} of {total_gib} GiB stay",
            "its snapshots stay unless deleted with it",
        ]
        [];
    DeleteTypeName:
        [
            "Deleting cannot be undone. Type the image's name, {name}, to go on.",
            "Deleting cannot be undone. Type the image's name to go on.",
        ]
        ["asks you to type its name"]
        [];
    RenameReceived:
        [
            "Name and description of {name} are those of its owner, {owner_name}.",
            "Name and description of {name} are its owner's.",
            "Name and description are the owner's.",
        ]
        ["name and description are the owner's"]
        ["keep a note of your own here instead"];
    RenameShared:
        [
            "{name} is shared with {shared:account}. One of the vendor's pages says that a shared image cannot be changed; \
             the cloud decides.",
            "One of the vendor's pages says that a shared image cannot be changed; the cloud decides.",
        ]
        ["it is shared, so the cloud may refuse"]
        [];
    RenamePublic:
        ["{name} is public; its name and description are fixed.", "Name and description of public images are fixed."]
        ["name and description of public images are fixed"]
        ["nothing to do"];
    RenameNameTaken:
        [
            "{region} has another own image called {name} ({image}).",
            "There is another own image of that name.",
        ]
        ["{image} has that name already", "the name is taken"]
        ["use another name, such as {suggestion}", "use another name"];
    RenameNameLength:
        [
            "{?empty}The name is empty; it takes 1 to {limit:character}.",
            "The name has {length:character}; at most {limit} are possible.",
            "The name is too long.",
        ]
        ["{?empty}the name is empty", "the name has {length} of {limit:character}", "the name is too long"]
        ["enter a name that fits"];
    RenameDescriptionLength:
        [
            "The description has {length:character}; at most {limit} are possible.",
            "The description is too long.",
        ]
        ["the description has {length} of {limit:character}", "the description is too long"]
        ["shorten the description"];
    LaunchOtherRegion:
        [
            "{name} is in {from}, and you chose {region}; an image launches only in its own region.",
            "An image launches only in its own region.",
        ]
        ["{?own}image is in {from}, you chose {region}; copy it there first", "image is in {from}, you chose {region}", "the image is in another region"]
        [
            "copy it to {to}, then launch the copy",
            "launch the image there, {suggestion}",
            "{?outside}ask the owner to copy it there and to share that copy, or choose the image's own region",
            "choose the image's own region",
        ];
    LaunchNotNormal:
        [
            "{name} is {state}, {percent} % done; it can be launched once it is NORMAL.",
            "{name} is {state}; it can be launched only while it is NORMAL.",
            "The image can be launched only while it is NORMAL.",
        ]
        ["it is {state}, {percent} % done", "it is {state}, not NORMAL", "it is not NORMAL"]
        ["{?wait}wait until it is NORMAL", "delete it and make it again"];
    LaunchUntrusted:
        [
            "{owner_name} is not an account you trust, and nobody has checked {name}. Use images of accounts you trust.",
            "The owner of {name} is not known, and nobody has checked it. Use images of accounts you trust.",
            "Nobody has checked this image. Use images of accounts you trust.",
        ]
        [
            "{owner_name} is not trusted; nobody has checked it",
            "its owner is not known; nobody has checked it",
        ]
        ["trust the account, if you do, then launch"];
    LaunchZone:
        [
            "{?sold_out}{zone} is sold out. {region} sells in {zones}.",
            "{zone} is none of the zones that {region} sells in: {zones}.",
            "{region} sells nothing in {zone}.",
            "No instance is sold in this zone.",
        ]
        ["{?sold_out}{zone} is sold out", "{region} sells nothing in {zone}", "nothing is sold in this zone"]
        ["choose another zone, such as {suggestion}", "choose another zone"];
    LaunchType:
        [
            "{?sold_out}{type} is sold out in {place}, and still sold in {elsewhere}. In {place} there is {types}.",
            "{?sold_out}{type} is sold out in {place}. There is {types}.",
            "{type} is not sold in {place}, but in {elsewhere}. In {place} there is {types}.",
            "{type} is not sold in {place}. There is {types}.",
            "{type} is not sold in {place}.",
            "This instance type is not sold there.",
        ]
        ["{?sold_out}{type} is sold out in {place}", "{type} is not sold in {place}", "the instance type is not sold there"]
        ["choose another instance type, such as {suggestion}", "choose another instance type"];
    LaunchOwnShared:
        [
            "{name} is shared with {shared:account}; that stops you neither from using it nor from making further images.",
            "Sharing an image stops you neither from using it nor from making further images.",
        ]
        ["sharing it does not stop you from using it"]
        [];
    LaunchDeprecated:
        [
            "{name} is marked as deprecated; the newest of its family is {newest}.",
            "{name} is marked as deprecated.",
            "The image is marked as deprecated.",
        ]
        ["deprecated; the newest is {newest}", "it is marked as deprecated"]
        [];
    ReinstallOtherRegion:
        [
            "{name} is in {from}, and {instance} is in {region}; an instance is reinstalled with an image of its own region.",
            "An instance is reinstalled with an image of its own region.",
        ]
        ["image is in {from}, the instance in {region}", "the image is in another region"]
        ["choose the image there, {suggestion}", "choose an image of the instance's region"];
    ReinstallNotNormal:
        [
            "{name} is {state}, {percent} % done; it can be used once it is NORMAL.",
            "{name} is {state}; it can be used only while it is NORMAL.",
            "The image can be used only while it is NORMAL.",
        ]
        ["it is {state}, {percent} % done", "it is {state}, not NORMAL", "it is not NORMAL"]
        ["{?wait}wait until it is NORMAL", "choose another image"];
    ReinstallUntrusted:
        [
            "{owner_name} is not an account you trust, and nobody has checked {name}. Use images of accounts you trust.",
            "The owner of {name} is not known, and nobody has checked it. Use images of accounts you trust.",
            "Nobody has checked this image. Use images of accounts you trust.",
        ]
        [
            "{owner_name} is not trusted; nobody has checked it",
            "its owner is not known; nobody has checked it",
        ]
        ["trust the account, if you do, then reinstall"];
    ReinstallState:
        [
            "{instance} is busy with {operation}; it can be reinstalled afterwards.",
            "{instance} is {state}; it can be reinstalled while it is RUNNING or STOPPED.",
            "An instance can be reinstalled while it is RUNNING or STOPPED.",
        ]
        ["the instance is busy with {operation}", "the instance is {state}", "the instance is busy"]
        ["wait until it is at rest, up or down"];
    ReinstallWipes:
        [
            "The system disk of {instance} ({name}, {disk_gib} GiB) is wiped. Type the instance's ID to go on.",
            "The instance's system disk is wiped. Type the instance's ID to go on.",
        ]
        ["wipes the system disk of {instance}", "wipes the system disk"]
        [];
    CaptureQuota:
        [
            "{region} has {own} of {quota:own image}: no room for one more. Oldest and not shared there: {oldest}.",
            "{region} has {own} of {quota:own image}: no room for one more.",
            "The region has no room for one more own image.",
        ]
        ["{region} is full: {own} of {quota:image}", "the region is full"]
        [
            "delete an image there that is no longer needed, or go by the newer pages, which say {newer} \
             (--rules current, or rules = \"current\" in the profile)",
            "delete an image there that is no longer needed, or ask for a higher quota",
        ];
    CaptureNameTaken:
        [
            "{region} has an own image called {name} already ({image}).",
            "There is an own image of that name already.",
        ]
        ["{image} has that name already", "the name is taken"]
        ["use another name, such as {suggestion}", "use another name"];
    CaptureNameLength:
        [
            "{?empty}The name is empty; it takes 1 to {limit:character}.",
            "The name has {length:character}; at most {limit} are possible.",
            "The name is too long.",
        ]
        ["{?empty}the name is empty", "the name has {length} of {limit:character}", "the name is too long"]
        ["enter a name that fits"];
    CaptureState:
        [
            "{instance} is busy with {operation}; an image can be made afterwards.",
            "{instance} is {state}; an image can be made while it is RUNNING or STOPPED.",
            "An image can be made while the instance is RUNNING or STOPPED.",
        ]
        ["the instance is busy with {operation}", "the instance is {state}", "the instance is busy"]
        ["wait until it is at rest, up or down"];
    CaptureReceivedContent:
        [
            "{instance} runs {name}, an image of {owner_name}: the new image carries that content on, and it will be yours to \
             share.",
            "{instance} runs {name}, another account's image: the new image carries that content on, and it will be yours \
             to share.",
            "The instance runs another account's image: the new image carries that content on.",
        ]
        ["carries content of {owner_name} on", "carries another account's content on"]
        [];
    ModeReadOnly:
        ["This profile is read-only: nothing that changes the cloud is sent."]
        ["read-only"]
        ["turn read-only off, or use another profile"];
    SessionNone:
        ["There are no credentials."]
        ["no credentials"]
        ["sign in, or use another profile"];
    SessionExpired:
        ["The credentials no longer work: expired, or withdrawn."]
        ["the credentials no longer work"]
        ["sign in again, or use another profile"];
    NetOffline:
        ["The cloud could not be reached at the last try."]
        ["the cloud cannot be reached"]
        ["check the network; it is tried again"];
    RegionUnknown:
        ["There is no region {region} here.", "There is no such region here."]
        ["there is no region {region}", "there is no such region"]
        ["did you mean {suggestion}?", "choose a region of the list"];
    JobBusy:
        ["The image is in use by job {job}.", "The image is in use by another job."]
        ["in use by job {job}", "in use by another job"]
        ["wait for the job, or open it"];
    QuotaReceived:
        [
            "{region} has {own} of {quota:own image}; {received} received there: not counted.",
            "Received images do not count to your quota, and sharing does not use the owner's.",
        ]
        ["{received} received: not counted", "received images are not counted"]
        [];
}
