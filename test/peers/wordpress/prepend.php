<?php
// The files are Debian's, linked into a folder of the test; what WordPress takes for its home is that folder.
define('ABSPATH', getenv('PEER_WWW') . '/');
