/** A whole URL, such as https://www.example.org/. */
export type Url = string;
