/** Reads tables of databases by JDBC, in a snapshot; PostgreSQL at the speed of its COPY. */
@NullMarked
package org.consentry.connector.jdbc;

import org.jspecify.annotations.NullMarked;
