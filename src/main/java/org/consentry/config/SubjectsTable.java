package org.consentry.config;

import java.util.Optional;
import org.consentry.problem.Place;

/**
 * Where a person is described once.
 *
 * @param table the table with one row a person
 * @param key its column that holds the person's id
 * @param birthDate its column that holds the date of birth, {@code yyyy-MM-dd}
 * @param deathDate its column that holds the date of death, {@code yyyy-MM-dd}
 */
@Doc("Where a person is described once")
public record SubjectsTable(
    Place place,
    @Doc("the table with one row a person") WithPlace<String> table,
    @Doc("its column that holds the person's id") WithPlace<String> key,
    @Doc("its column that holds the date of birth, yyyy-MM-dd")
        Optional<WithPlace<String>> birthDate,
    @Doc("its column that holds the date of death, yyyy-MM-dd")
        Optional<WithPlace<String>> deathDate) {}
