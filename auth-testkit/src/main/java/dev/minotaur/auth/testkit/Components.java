package dev.minotaur.auth.testkit;

import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** Reads the components of a record of the SPI by their accessors, so that one added later is not forgotten here. */
final class Components {

    private static final Set<String> OTHERS = Set.of("toBuilder", "hashCode", "toString");

    private Components() {}

    /** The components that are present, by name, as text. */
    static Map<String, String> of(Object spiRecord) {
        Map<String, String> components = new TreeMap<>();
        values(spiRecord).forEach((name, value) -> components.put(name, Shown.of(value)));
        return components;
    }

    /** The components that are present, by name. */
    static Map<String, Object> values(Object spiRecord) {
        Map<String, Object> components = new TreeMap<>();
        for (Method method : spiRecord.getClass().getDeclaredMethods()) {
            if (isAccessor(method)) {
                Object value = valueOf(method, spiRecord);
                if (!value.equals(Optional.empty())) {
                    components.put(method.getName(), value);
                }
            }
        }
        return components;
    }

    private static boolean isAccessor(Method method) {
        return Modifier.isPublic(method.getModifiers())
                && !Modifier.isStatic(method.getModifiers())
                && !method.isSynthetic()
                && method.getParameterCount() == 0
                && !OTHERS.contains(method.getName());
    }

    private static Object valueOf(Method accessor, Object spiRecord) {
        try {
            return accessor.invoke(spiRecord);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("cannot read " + accessor.getName(), e);
        }
    }
}
