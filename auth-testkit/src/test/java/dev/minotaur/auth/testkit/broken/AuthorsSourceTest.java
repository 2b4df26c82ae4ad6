package dev.minotaur.auth.testkit.broken;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import javax.tools.Diagnostic;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.StandardLocation;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the compiler refuses to an author. */
class AuthorsSourceTest {

    private static final String RULE = AuthorRun.rule("USR-1").getName();

    @TempDir
    private Path classes;

    @Test
    void theSmallestClassCompiles() throws IOException {
        assertThat(errors("")).isEmpty();
    }

    @Test
    void aRuleCannotBeOverridden() throws IOException {
        assertThat(errors("@Override public void " + RULE + "() {}"))
                .singleElement()
                .asString()
                .contains("is final");
        assertThat(errors("@org.junit.jupiter.api.Disabled public void " + RULE + "() {}"))
                .singleElement()
                .asString()
                .contains("is final");
    }

    @Test
    void aRuleCannotBeHidden() throws IOException {
        assertThat(errors("public static void " + RULE + "() {}")).hasSize(1);
        assertThat(errors("private void " + RULE + "() {}")).hasSize(1);
    }

    @Test
    void theKitsOwnPartsCannotBeReached() throws IOException {
        assertThat(errors("void reach() { run(); }")).singleElement().asString().contains("run()");
    }

    private List<String> errors(String member) throws IOException {
        String source = "package org.example;\n"
                + "class Author extends dev.minotaur.auth.testkit.AuthStoresContract {\n"
                + "    @Override protected dev.minotaur.auth.testkit.StoreFixture fixture() { return null; }\n"
                + member + "\n}\n";
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        DiagnosticCollector<JavaFileObject> found = new DiagnosticCollector<>();
        try (StandardJavaFileManager files = compiler.getStandardFileManager(found, Locale.ROOT, null)) {
            files.setLocationFromPaths(StandardLocation.CLASS_OUTPUT, List.of(classes));
            compiler.getTask(null, files, found, List.of("-proc:none"), null, List.of(new Source(source)))
                    .call();
        }
        return found.getDiagnostics().stream()
                .filter(diagnostic -> diagnostic.getKind() == Diagnostic.Kind.ERROR)
                .map(diagnostic -> diagnostic.getMessage(Locale.ROOT))
                .toList();
    }

    private static final class Source extends SimpleJavaFileObject {

        private final String text;

        private Source(String text) {
            super(URI.create("string:///org/example/Author.java"), Kind.SOURCE);
            this.text = text;
        }

        @Override
        public CharSequence getCharContent(boolean ignoreEncodingErrors) {
            return text;
        }
    }
}
