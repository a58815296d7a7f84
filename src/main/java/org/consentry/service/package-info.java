/**
 * The service: schedules of jobs, and pages for people who use no shell. It does its work by
 * starting the commands of the program as processes of their own.
 */
@NullMarked
package org.consentry.service;

import org.jspecify.annotations.NullMarked;
