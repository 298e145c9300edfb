<?php
define('DB_NAME', 'wordpress');
define('DB_USER', 'root');
define('DB_PASSWORD', '');
define('DB_HOST', 'localhost:' . getenv('PEER_SOCKET'));
define('DB_CHARSET', 'utf8mb4');
define('DB_COLLATE', '');
foreach (['AUTH_KEY', 'SECURE_AUTH_KEY', 'LOGGED_IN_KEY', 'NONCE_KEY', 'AUTH_SALT', 'SECURE_AUTH_SALT', 'LOGGED_IN_SALT', 'NONCE_SALT'] as $name) {
  define($name, 'test ' . $name);
}
// Application passwords without TLS are for a local site only.
define('WP_ENVIRONMENT_TYPE', 'local');
define('WP_HOME', getenv('PEER_URL'));
define('WP_SITEURL', getenv('PEER_URL'));
define('WP_CONTENT_DIR', getenv('PEER_WWW') . '/wp-content');
// Nothing leaves this machine and nothing runs beside the requests.
define('WP_HTTP_BLOCK_EXTERNAL', true);
define('WP_DEFAULT_THEME', 'peer');
define('DISABLE_WP_CRON', true);
define('AUTOMATIC_UPDATER_DISABLED', true);
$table_prefix = 'wp_';
require_once ABSPATH . 'wp-settings.php';
