package dev.minotaur.auth.jdbi.mutation;

import dev.minotaur.auth.jdbi.JdbiAuthStores;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jdbi.v3.sqlobject.statement.SqlQuery;
import org.jdbi.v3.sqlobject.statement.SqlUpdate;

/** Names statements by the methods that have them in their annotations. */
final class StatementNames {

    private static final Pattern PART = Pattern.compile("<\\w+>|(?<!:):\\w+|[^<:]+|.", Pattern.DOTALL);
    private static final Pattern PARAMETER = Pattern.compile("(?<!:):(\\w+)");

    private StatementNames() {}

    /** Names what was seen; fails if a method's statement was not seen or one that was seen has no name. */
    static List<NamedStatement> of(Collection<String> seen, String dialect) {
        List<NamedStatement> annotated = Stream.of("User", "Token", "Attempt")
                .flatMap(group -> Stream.of("", dialect)
                        .flatMap(own ->
                                Arrays.stream(type(own + group + "Statements").getDeclaredClasses()))
                        .flatMap(statement -> Arrays.stream(statement.getDeclaredMethods()))
                        .filter(method -> annotation(method) != null)
                        .map(method -> named(group, method, seen)))
                .toList();
        Stream<NamedStatement> others = seen.stream()
                .filter(sql -> annotated.stream().noneMatch(named -> named.sql().equals(sql)))
                .map(sql -> new NamedStatement(other(sql), sql, sql, List.of()));
        return Stream.concat(annotated.stream(), others)
                .sorted(Comparator.comparing(NamedStatement::name))
                .toList();
    }

    private static NamedStatement named(String group, Method method, Collection<String> seen) {
        String template = annotation(method);
        Pattern pattern = pattern(template);
        String sql = seen.stream()
                .filter(text -> pattern.matcher(text).matches())
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("never sent: " + method));
        List<String> parameters = PARAMETER
                .matcher(template.replace("<user_values>", values("UserRow"))
                        .replace("<token_values>", values("TokenRow")))
                .results()
                .map(found -> found.group(1))
                .toList();
        String name = group.toLowerCase(Locale.ROOT) + "s." + method.getName();
        return new NamedStatement(name, sql, template, parameters);
    }

    private static String other(String sql) {
        if (sql.contains("auth_schema_version")) {
            return "schema.version";
        }
        if (sql.contains("current_setting")) {
            return "schema.encodingAndPrivileges";
        }
        if (sql.contains(" JOIN ")) {
            return "findTokenWithUser";
        }
        throw new IllegalStateException("of no known statement: " + sql);
    }

    private static Class<?> type(String name) {
        try {
            return Class.forName(JdbiAuthStores.class.getPackageName() + "." + name);
        } catch (ClassNotFoundException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String values(String row) {
        try {
            Field values = type(row).getDeclaredField("VALUES");
            values.setAccessible(true);
            return (String) values.get(null);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String annotation(Method method) {
        SqlQuery query = method.getAnnotation(SqlQuery.class);
        SqlUpdate update = method.getAnnotation(SqlUpdate.class);
        return query != null ? query.value() : update != null ? update.value() : null;
    }

    private static Pattern pattern(String template) {
        StringBuilder pattern = new StringBuilder();
        for (MatchResult found : PART.matcher(template).results().toList()) {
            String part = found.group();
            pattern.append(part.matches("<\\w+>") ? "[^()]*" : part.matches(":\\w+") ? "\\?" : Pattern.quote(part));
        }
        return Pattern.compile(pattern.toString(), Pattern.DOTALL);
    }
}
