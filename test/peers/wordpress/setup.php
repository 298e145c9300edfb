<?php
// Installs the site and says who may do what, as JSON.
define('WP_INSTALLING', true);
$_SERVER['HTTP_HOST'] = parse_url(getenv('PEER_URL'), PHP_URL_HOST) . ':' . parse_url(getenv('PEER_URL'), PHP_URL_PORT);
require ABSPATH . 'wp-load.php';
require ABSPATH . 'wp-admin/includes/upgrade.php';
wp_install('Horseshoe Forge', 'owner', 'owner@acme.example', true, '', 'owner password');
foreach ([
  'permalink_structure' => '/%year%/%postname%/',
  'comment_moderation' => '0',
  'comment_previously_approved' => '0',
  'comments_notify' => '0',
  'moderation_notify' => '0',
  'comment_max_links' => '0',
  'thread_comments_depth' => '10',
  'peer_flood_limit' => 'off',
] as $name => $value) {
  update_option($name, $value);
}
$people = [];
foreach (['care' => 'editor', 'helper' => 'author'] as $name => $role) {
  $id = wp_insert_user([
    'user_login' => $name,
    'user_pass' => wp_generate_password(),
    'user_email' => $name . '@acme.example',
    'display_name' => 'Acme ' . ucfirst($name),
    'role' => $role,
  ]);
  [$password] = WP_Application_Passwords::create_new_application_password($id, ['name' => 'Horseshoe']);
  $people[$name] = ['id' => $id, 'user' => $name, 'password' => $password];
}
[$password] = WP_Application_Passwords::create_new_application_password(1, ['name' => 'Test']);
$people['owner'] = ['id' => 1, 'user' => 'owner', 'password' => $password];
$post = wp_insert_post([
  'post_title' => 'Our new anvil & hammer',
  'post_content' => 'It rings.',
  'post_status' => 'publish',
  'post_author' => 1,
  'comment_status' => 'open',
]);
echo json_encode(['people' => $people, 'post' => $post]);
