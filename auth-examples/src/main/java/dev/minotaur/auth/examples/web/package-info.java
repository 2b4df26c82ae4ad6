/** A small web application on the server of the JDK: cookie, forms, an API by header, and live disconnection. */
@NullMarked
package dev.minotaur.auth.examples.web;

import org.jspecify.annotations.NullMarked;
