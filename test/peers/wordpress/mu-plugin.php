<?php
// No mail leaves, and the flood limit of WordPress can be lifted so that a test may speak faster than one word in 15 s.
add_filter('pre_wp_mail', '__return_true');
add_filter('wp_is_comment_flood', function ($is_flood) {
  return get_option('peer_flood_limit') === 'on' ? $is_flood : false;
}, 100);
