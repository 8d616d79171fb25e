package org.corral.cgroup.sample;

/** The form of a control file, and which columns are in it. Immutable. */
interface Format {

    /**
     * Finds the numbers of a file. What is not of the form is passed over: kernels have added keys and lines.
     *
     * @param values gets what is found, by the places of the columns
     * @return the columns that were found, as bits
     */
    long parse(KernelText text, long[] values);

    /** {@return the columns that it looks for, as bits} */
    long columns();
}
