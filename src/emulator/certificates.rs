//! The certificates of the proxy: an authority that clients have to trust, and one certificate for the vendor's hosts.

use crate::messages::{Text, english, text};
use std::{io, path::PathBuf, sync::Arc, time::Duration};

use jiff::{SignedDuration, Timestamp};
use rcgen::{
    BasicConstraints, CertificateParams, DistinguishedName, DnType, ExtendedKeyUsagePurpose, GeneralSubtree,
    IsCa, Issuer, KeyPair, KeyUsagePurpose, NameConstraints, SanType,
};
use tokio_rustls::{
    TlsAcceptor,
    rustls::{self, ServerConfig, pki_types::PrivateKeyDer},
};

use super::{
    clock::later,
    host::{DOMAINS, wildcards},
};

/// How long the certificates are valid. They start one hour in the past, for clients whose clock is slow.
const VALID: SignedDuration = SignedDuration::from_hours(24);

/// Errors of making the proxy's certificates.
#[derive(Debug, thiserror::Error)]
pub enum CertificateError {
    /// A key or certificate could not be made.
    Made(#[from] rcgen::Error),
    /// The TLS configuration does not accept the certificate.
    Used(#[from] rustls::Error),
    /// The authority's certificate could not be written.
    Written(#[from] io::Error),
}

english!(CertificateError);

impl CertificateError {
    /// What is wrong and what to do about it.
    pub fn text(&self) -> Text {
        match self {
            Self::Made(error) => text!(emulator_certificates_not_made, error),
            Self::Used(error) => text!(emulator_certificates_not_used, error),
            Self::Written(error) => text!(emulator_certificates_not_written, error),
        }
    }
}

/// The TLS configuration of a proxy.
pub(super) struct Certificates {
    /// Accepts TLS connections for the vendor's API hosts.
    pub tls: TlsAcceptor,
    /// The authority's certificate. Its private key is dropped after signing.
    pub authority: Authority,
}

/// The certificate of the authority, in a temporary file that is removed when this is dropped.
#[derive(Debug)]
pub(super) struct Authority {
    folder: tempfile::TempDir,
}

impl Authority {
    fn write(pem: &str) -> io::Result<Self> {
        let mut builder = tempfile::Builder::new();
        builder.prefix("cvmshare-");
        #[cfg(unix)]
        builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o700));
        let authority = Self { folder: builder.tempdir()? };
        std::fs::write(authority.path(), pem)?;
        Ok(authority)
    }

    /// Returns the path of the PEM file.
    pub fn path(&self) -> PathBuf {
        self.folder.path().join("ca.pem")
    }
}

impl Certificates {
    /// Makes an authority that can sign only for the vendor's API hosts, and one certificate for all of these hosts.
    pub fn new(now: Timestamp) -> Result<Self, CertificateError> {
        let authority_key = KeyPair::generate()?;
        let mut authority = params("cvmshare built-in cloud, proxy authority", now);
        authority.is_ca = IsCa::Ca(BasicConstraints::Constrained(0));
        authority.key_usages = vec![KeyUsagePurpose::KeyCertSign, KeyUsagePurpose::CrlSign];
        authority.name_constraints = Some(NameConstraints {
            permitted_subtrees: DOMAINS.map(|domain| GeneralSubtree::DnsName(domain.to_owned())).into(),
            excluded_subtrees: Vec::new(),
        });
        let root = authority.self_signed(&authority_key)?;

        let key = KeyPair::generate()?;
        let mut leaf = params("cvmshare built-in cloud", now);
        leaf.is_ca = IsCa::ExplicitNoCa;
        leaf.key_usages = vec![KeyUsagePurpose::DigitalSignature];
        leaf.extended_key_usages = vec![ExtendedKeyUsagePurpose::ServerAuth];
        leaf.use_authority_key_identifier_extension = true;
        for name in wildcards() {
            leaf.subject_alt_names.push(SanType::DnsName(name.try_into()?));
        }
        let chain = vec![leaf.signed_by(&key, &Issuer::new(authority, authority_key))?.der().clone()];
        let key = PrivateKeyDer::Pkcs8(key.serialize_der().into());
        let provider = Arc::new(rustls::crypto::ring::default_provider());
        let mut config = ServerConfig::builder_with_provider(provider)
            .with_safe_default_protocol_versions()?
            .with_no_client_auth()
            .with_single_cert(chain, key)?;
        config.alpn_protocols = vec![b"http/1.1".to_vec()];
        Ok(Self { tls: TlsAcceptor::from(Arc::new(config)), authority: Authority::write(&root.pem())? })
    }
}

fn params(name: &str, now: Timestamp) -> CertificateParams {
    let mut params = CertificateParams::default();
    params.distinguished_name = DistinguishedName::new();
    params.distinguished_name.push(DnType::CommonName, name);
    let at = |time: Timestamp| {
        let seconds = u64::try_from(time.as_second()).unwrap_or_default();
        rcgen::date_time_ymd(1970, 1, 1) + Duration::from_secs(seconds)
    };
    let hour = SignedDuration::from_hours(1);
    params.not_before = at(later(now, -hour));
    params.not_after = at(later(now, VALID));
    params
}
