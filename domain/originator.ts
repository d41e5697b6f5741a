// What a sender may be called (CONTRACT "originator").

/** 1 to 11 letters, digits and spaces, a letter or digit among them; or up to 16 digits. */
export const ORIGINATOR = /^(?=.*[A-Za-z0-9])[A-Za-z0-9 ]{1,11}$|^\d{1,16}$/;
export const ORIGINATOR_PROBLEM = 'must be 1-11 letters, digits and spaces, or up to 16 digits';
