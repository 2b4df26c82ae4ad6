/**
 * What an application sends to its users: {@link dev.minotaur.auth.mail.Mailer} takes each {@link
 * dev.minotaur.auth.mail.MailMessage}, writes it in the application's words and sends it.
 */
@NullMarked
package dev.minotaur.auth.mail;

import org.jspecify.annotations.NullMarked;
