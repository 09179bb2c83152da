package io.opsiq.state;

import java.io.Serial;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.Types;
import org.jooq.ExecuteContext;
import org.jooq.ExecuteListener;
import org.jspecify.annotations.Nullable;

/**
 * Reads every integer as one of 64 bits. SQLite has no other kind, but its driver names a column by the first row that it sees, and
 * jOOQ would cut a larger number in a later row down to 32 bits.
 */
final class WideIntegers implements ExecuteListener {

    @Serial
    private static final long serialVersionUID = 1L;

    private static final String AS_IT_IS = WideIntegers.class.getName();

    @Override
    public void executeEnd(ExecuteContext context) {
        ResultSet rows = context.resultSet();
        if (rows != null) {
            context.data(AS_IT_IS, rows);
            context.resultSet(told(ResultSet.class, rows, WideIntegers::described));
        }
    }

    /** The columns are known by now; the rows are read without a detour. */
    @Override
    public void resultStart(ExecuteContext context) {
        if (context.data(AS_IT_IS) instanceof ResultSet rows) {
            context.resultSet(rows);
        }
    }

    private static @Nullable Object described(Method method, @Nullable Object answer) {
        return answer instanceof ResultSetMetaData columns
                ? told(ResultSetMetaData.class, columns, WideIntegers::widened)
                : answer;
    }

    private static @Nullable Object widened(Method method, @Nullable Object answer) {
        return switch (method.getName()) {
            case "getColumnType" ->
                Integer.valueOf(Types.INTEGER).equals(answer) ? Integer.valueOf(Types.BIGINT) : answer;
            case "getColumnTypeName" -> "INTEGER".equals(answer) ? "BIGINT" : answer;
            default -> answer;
        };
    }

    private interface Retelling {

        @Nullable
        Object of(Method method, @Nullable Object answer);
    }

    private static <T> T told(Class<T> type, T original, Retelling retelling) {
        Object proxy = Proxy.newProxyInstance(
                WideIntegers.class.getClassLoader(), new Class<?>[] {type}, (self, method, arguments) -> {
                    try {
                        return retelling.of(method, method.invoke(original, arguments));
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
        return type.cast(proxy);
    }
}
