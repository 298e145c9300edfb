// The configuration of a Dovecot that one user runs in one folder: no root, no fixed ports, nothing outside the folder.

export interface DovecotPlaces {
  readonly folder: string
  readonly user: string
  readonly group: string
  readonly imapPort: number
  readonly imapsPort: number
  readonly lmtpPort: number
  /** Answers whether an access token is good, by `GET …?token=`; null where no tokens are served. */
  readonly introspectionUrl: string | null
}

export function dovecotConf(places: DovecotPlaces): string {
  const { folder, user, group } = places
  return `
base_dir = ${folder}/run
state_dir = ${folder}/run
instance_name = ${folder.replaceAll('/', '-')}
log_path = ${folder}/dovecot.log
protocols = imap lmtp
listen = 127.0.0.1
default_internal_user = ${user}
default_internal_group = ${group}
default_login_user = ${user}
default_vsz_limit = 0
first_valid_uid = 1
first_valid_gid = 1
mail_uid = ${user}
mail_gid = ${group}
mail_home = ${folder}/homes/%Lu
mail_location = maildir:~/mail
maildir_very_dirty_syncs = yes
mail_fsync = never
mail_max_userip_connections = 100
ssl = yes
ssl_cert = <${folder}/cert.pem
ssl_key = <${folder}/key.pem
disable_plaintext_auth = no
auth_mechanisms = plain login${places.introspectionUrl === null ? '' : ' xoauth2 oauthbearer'}
auth_verbose = yes
auth_failure_delay = 0
imap_id_log = *
passdb {
  driver = passwd-file
  args = scheme=PLAIN username_format=%Lu ${folder}/users
}
${places.introspectionUrl === null ? '' : tokenPassdb(folder)}
userdb {
  driver = static
  args = allow_all_users=yes
}
namespace inbox {
  inbox = yes
  separator = /
  mailbox Sent {
    auto = create
    special_use = \\Sent
  }
  mailbox Trash {
    auto = create
    special_use = \\Trash
  }
}
protocol lmtp {
  auth_username_format = %Lu
  postmaster_address = postmaster@localhost
}
service imap-login {
  chroot =
  service_count = 0
  process_min_avail = 1
  inet_listener imap {
    address = 127.0.0.1
    port = ${places.imapPort}
  }
  inet_listener imaps {
    address = 127.0.0.1
    port = ${places.imapsPort}
    ssl = yes
  }
}
service imap {
  service_count = 500
  process_min_avail = 2
}
service lmtp {
  inet_listener lmtp {
    address = 127.0.0.1
    port = ${places.lmtpPort}
  }
}
service anvil {
  chroot =
}
service ipc {
  chroot =
}
service stats {
  chroot =
}
service imap-urlauth-login {
  chroot =
}
`
}

function tokenPassdb(folder: string): string {
  return `passdb {
  driver = oauth2
  mechanisms = xoauth2 oauthbearer
  args = ${folder}/tokens.conf
}`
}

export function tokensConf(introspectionUrl: string): string {
  return `introspection_mode = get
introspection_url = ${introspectionUrl}
username_attribute = email
active_attribute = active
active_value = true
timeout_msecs = 5000
`
}
