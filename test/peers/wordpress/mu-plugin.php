<?php
// No mail leaves, and the flood limit of WordPress can be lifted so that a test may speak faster than one word in 15 s.
add_filter('pre_wp_mail', '__return_true');
add_filter('wp_is_comment_flood', function ($is_flood) {
  return get_option('peer_flood_limit') === 'on' ? $is_flood : false;
}, 100);

// Feeds name the hub of the test, where it has one.
foreach (['atom_head', 'comments_atom_head', 'rss2_head', 'commentsrss2_head'] as $place) {
  add_action($place, function () use ($place) {
    $hub = get_option('peer_hub');
    $tag = str_contains($place, 'atom') ? 'link' : 'atom:link';
    if ($hub) echo "<$tag rel=\"hub\" href=\"" . esc_url($hub) . "\" />\n";
  });
}
