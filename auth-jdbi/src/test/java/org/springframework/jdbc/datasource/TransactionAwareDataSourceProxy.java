package org.springframework.jdbc.datasource;

import dev.minotaur.auth.jdbi.WrappingDataSource;
import javax.sql.DataSource;

/** Stands in for Spring's class, which the stores know by its name. */
public class TransactionAwareDataSourceProxy extends WrappingDataSource {

    /** Puts itself before a data source. */
    public TransactionAwareDataSourceProxy(DataSource target) {
        super(target);
    }
}
