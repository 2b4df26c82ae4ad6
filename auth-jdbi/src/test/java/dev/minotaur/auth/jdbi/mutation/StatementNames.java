package dev.minotaur.auth.jdbi.mutation;

import dev.minotaur.auth.jdbi.JdbiAuthStores;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.Collection;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jdbi.v3.sqlobject.statement.SqlQuery;
import org.jdbi.v3.sqlobject.statement.SqlUpdate;

/** Names statements by the methods that have them in their annotations. */
final class StatementNames {

    private static final Pattern CODE = Pattern.compile("<schema>|<\\w+>|(?<!:):\\w+|[^<:]+|.", Pattern.DOTALL);

    private StatementNames() {}

    /** The statements by name; fails if a method's statement was not seen or one that was seen has no name. */
    static Map<String, String> of(Collection<String> seen, String dialect) {
        Map<String, String> named = new TreeMap<>();
        for (String group : new String[] {"User", "Token", "Attempt"}) {
            methods(dialect + group + "Statements").forEach(method -> {
                Pattern pattern = pattern(annotation(method));
                String sql = seen.stream()
                        .filter(text -> pattern.matcher(text).matches())
                        .findFirst()
                        .orElseThrow(() -> new IllegalStateException("never sent: " + method));
                named.put(group.toLowerCase(Locale.ROOT) + "s." + method.getName(), sql);
            });
        }
        for (String sql : seen) {
            if (!named.containsValue(sql)) {
                named.put(other(sql), sql);
            }
        }
        return named;
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

    private static Stream<Method> methods(String type) {
        try {
            return Arrays.stream(Class.forName(JdbiAuthStores.class.getPackageName() + "." + type)
                            .getMethods())
                    .filter(method -> annotation(method) != null);
        } catch (ClassNotFoundException e) {
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
        CODE.matcher(template).results().forEach(found -> {
            String code = found.group();
            boolean list = code.matches("<\\w+>");
            boolean parameter = code.matches(":\\w+");
            pattern.append(list ? "[^()]*" : parameter ? "\\?" : Pattern.quote(code));
        });
        return Pattern.compile(pattern.toString(), Pattern.DOTALL);
    }
}
